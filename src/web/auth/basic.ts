/** Checks a user and password against the operator's, and slows guessing down. */
import { createHmac, randomBytes } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { isPassword } from '../../text/passwordhash.ts';
import { sameSecret } from '../../text/secrets.ts';
import { countGuess, knowAddress, MOST_OF_ONE, waitBeforeGuess } from '../../store/auth/attempts.ts';
import { createThrottle } from '../http/access.ts';
import { fromStore } from '../http/storetimeout.ts';
import type { WebDeps } from '../deps.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** `wait`: too many were wrong; the password was not looked at. */
type Verdict = { readonly kind: 'right' } | { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly ms: number };

/** Characters; a longer password is refused unread. */
const LONGEST = 1_000;
const WAIT_WITHOUT_STORE_MS = 60_000;

/** The user and password in force as one text; null where none is set. */
export function loginInForce({ config }: Pick<WebDeps, 'config'>): string | null {
  const { admin } = config().settings.server;
  return admin === null ? null : JSON.stringify([admin.user, admin.password]);
}

export type CheckLogin = (address: string, given: Login) => Promise<Verdict>;

export function createLoginCheck(deps: Pick<WebDeps, 'config' | 'store' | 'now' | 'log'>): CheckLogin {
  const { config, store, now, log } = deps;
  const throttle = createThrottle(MOST_OF_ONE);
  const markKey = randomBytes(32);
  /** What was right last, as a digest: scripts give it with every request, and a hash takes a fifth of a second to check. */
  let rightMark = '';
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: each check takes 32 MiB and a core. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** Milliseconds to wait. Where the store is away, this process counts for itself. */
  async function waitFor(block: string, ask: () => Promise<number>, counts: boolean): Promise<number> {
    try {
      return await fromStore(ask);
    } catch {
      const blocked = throttle.blocked(block, now());
      if (counts) throttle.count(block, now());
      return blocked ? WAIT_WITHOUT_STORE_MS : 0;
    }
  }

  return async (address, given) => {
    const { admin } = config().settings.server;
    if (admin === null || given.password.length > LONGEST) return { kind: 'wrong' };
    const block = blockOf(address);
    const mark = createHmac('sha256', markKey)
      .update(JSON.stringify([loginInForce(deps), given.user, given.password]))
      .digest('base64');
    const known = sameSecret(mark, rightMark);
    const ms = known
      ? await waitFor(block, () => waitBeforeGuess(store, block), false)
      : await waitFor(block, () => countGuess(store, block), true);
    if (ms > 0) return { kind: 'wait', ms };
    // The password is looked at whatever the user: the time must not tell which of the two was wrong.
    const isRight = async () =>
      sameSecret(mark, rightMark) ||
      ((await isPassword(given.password, admin.password)) && sameSecret(given.user, admin.user));
    if (!(await inTurn(isRight))) {
      log.warn({ from: address }, 'wrong password');
      return { kind: 'wrong' };
    }
    rightMark = mark;
    await fromStore(() => knowAddress(store, block)).catch(() => undefined);
    return { kind: 'right' };
  };
}

/** An IPv4 address, or the /64 that an IPv6 address lies in: sites are given whole /64 blocks (RFC 6177). */
function blockOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 60);
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString();
}

/** User and password of a Basic header (RFC 7617); null where it is none. */
export function readBasic(header: string | undefined): Login | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,4000})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
