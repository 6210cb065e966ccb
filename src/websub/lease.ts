/** Says how things stand with a hub that was asked to push a source: whether its lease holds, and whether it pushes. */
import type { Following } from '../store/websub/followings.ts';

export function leaseHolds({ state, expiresAt }: Pick<Following, 'state' | 'expiresAt'>, now: number): boolean {
  return state === 'active' && expiresAt !== null && expiresAt > now;
}

/** True where polling may be rare: the lease holds, and what was new last came from the hub. */
export function isPushed(following: Following, now: number): boolean {
  const { pushedAt, missedAt } = following;
  return leaseHolds(following, now) && pushedAt !== null && (missedAt === null || pushedAt >= missedAt);
}
