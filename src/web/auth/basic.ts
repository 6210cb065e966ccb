/** Checks a user and password against the operator's, and slows guessing down. */
import { createHmac, randomBytes } from 'node:crypto';
import { isPassword } from '../../text/passwordhash.ts';
import { sameSecret } from '../../text/secrets.ts';
import { countGuess, type Guess, knowAddress, MOST_OF_ONE, waitBeforeGuess } from '../../store/auth/attempts.ts';
import { blockOf } from '../../text/addressblock.ts';
import { createThrottle } from '../http/access.ts';
import { createGuessQueue } from './guessqueue.ts';
import { fromStore } from '../http/storetimeout.ts';
import type { WebDeps } from '../deps.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** `wait`: too many were wrong; the password was not looked at. */
type Verdict = { readonly kind: 'right' } | { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly ms: number };

/** Of an IPv6 address: what one machine is given, and what one site is given (RFC 6177). */
const [BITS_OF_ONE, BITS_OF_NETWORK] = [64, 48];
/** Characters; a longer password is refused unread. */
const LONGEST = 1_000;
const WAIT_WITHOUT_STORE_MS = 60_000;
/** A hundred that wait hold a hundred sockets; twenty seconds are a hundred checks of a hash. */
const QUEUE = { most: 100, patienceMs: 20_000 } as const;
/** Between two looks while all together guess too much: three hundred a minute beyond the hundred that come at once. */
const CROWDED_PACE_MS = 200;
/** Whom the crowd left no turn may try again after this. */
const CROWDED_OUT_MS = 5_000;

/** The user and password in force as one text; null where none is set. */
export function loginInForce({ config }: Pick<WebDeps, 'config'>): string | null {
  const { admin } = config().settings.server;
  return admin === null ? null : JSON.stringify([admin.user, admin.password]);
}

export type CheckLogin = (address: string, given: Login) => Promise<Verdict>;

export function createLoginCheck(deps: Pick<WebDeps, 'config' | 'store' | 'now' | 'log'>): CheckLogin {
  const { config, store, now, log } = deps;
  const throttle = createThrottle(MOST_OF_ONE);
  const queue = createGuessQueue(QUEUE);
  const markKey = randomBytes(32);
  /** What was right last, as a digest: scripts give it with every request, and a hash takes a fifth of a second to check. */
  let rightMark = '';

  /** Counts a guess, unless it is `known` to be right. Where the store is away, this process counts for itself. */
  async function count(address: string, known: boolean): Promise<Guess> {
    const block = blockOf(address, BITS_OF_ONE);
    try {
      return await fromStore(async () =>
        known
          ? { waitMs: await waitBeforeGuess(store, block), rank: 0, crowded: false }
          : countGuess(store, block, blockOf(address, BITS_OF_NETWORK)),
      );
    } catch {
      const blocked = throttle.blocked(block, now());
      if (!known) throttle.count(block, now());
      return { waitMs: blocked ? WAIT_WITHOUT_STORE_MS : 0, rank: 0, crowded: false };
    }
  }

  return async (address, given) => {
    const { admin } = config().settings.server;
    if (admin === null || given.password.length > LONGEST) return { kind: 'wrong' };
    const login = loginInForce(deps);
    const mark = createHmac('sha256', markKey)
      .update(JSON.stringify([login, given.user, given.password]))
      .digest('base64');
    const isKnown = () => sameSecret(mark, rightMark);
    const { waitMs, rank, crowded } = await count(address, isKnown());
    if (waitMs > 0) return { kind: 'wait', ms: waitMs };
    // The password is looked at whatever the user: the time must not tell which of the two was wrong.
    const look = async () =>
      isKnown() ||
      ((await isPassword(given.password, admin.password)) &&
        sameSecret(given.user, admin.user) &&
        login === loginInForce(deps));
    // One after the other, for each check takes 32 MiB and a core. What others guess delays a login from a new address,
    // and does not refuse it unread while its network guessed less than theirs.
    const isRight = isKnown() || (await queue.lookInTurn(rank, crowded ? CROWDED_PACE_MS : 0, look));
    if (isRight === null) return { kind: 'wait', ms: CROWDED_OUT_MS };
    if (!isRight) {
      log.warn({ from: address }, 'wrong password');
      return { kind: 'wrong' };
    }
    rightMark = mark;
    await fromStore(() => knowAddress(store, blockOf(address, BITS_OF_ONE))).catch(() => undefined);
    return { kind: 'right' };
  };
}

/** User and password of a Basic header (RFC 7617); null where it is none. */
export function readBasic(header: string | undefined): Login | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,4000})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
