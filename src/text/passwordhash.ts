/** Hashes passwords for the config, and tells whether a password is the one meant. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { sameSecret } from './secrets.ts';

/** OWASP's Password Storage Cheat Sheet: scrypt with N=2^15, r=8, p=3, which takes 32 MiB. */
const COST = { logN: 15, blockSize: 8, parallelization: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** A config must not make a check take minutes or all memory. */
const MOST = { logN: 18, blockSize: 16, parallelization: 16 } as const;

interface Hash {
  readonly logN: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** The PHC string format with scrypt's parameters: `$scrypt$ln=15,r=8,p=3$<salt>$<key>`, base64 without padding. */
const SHAPE = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

function parse(stored: string): Hash | null {
  const [, logN, blockSize, parallelization, salt = '', key = ''] = SHAPE.exec(stored) ?? [];
  const cost = { logN: Number(logN), blockSize: Number(blockSize), parallelization: Number(parallelization) };
  const fits = (name: keyof typeof MOST) => cost[name] >= 1 && cost[name] <= MOST[name];
  if (!fits('logN') || !fits('blockSize') || !fits('parallelization')) return null;
  return { ...cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

function derive(password: string, { logN, blockSize, parallelization, salt }: Omit<Hash, 'key'>): Promise<Buffer> {
  const options = { N: 2 ** logN, r: blockSize, p: parallelization };
  // Node refuses what takes more than 32 MiB unless told otherwise; scrypt takes 128·N·r bytes and some more.
  const maxmem = 256 * options.N * options.r;
  return new Promise((done, fail) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, { ...options, maxmem }, (error, key) =>
      error === null ? done(key) : fail(error),
    );
  });
}

/** True where a config's password is a hash as `hashPassword` gives it. */
export function isPasswordHash(stored: string): boolean {
  return parse(stored) !== null;
}

/** A hash with a salt of its own; takes about a fifth of a second. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, { ...COST, salt });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$scrypt$ln=${COST.logN},r=${COST.blockSize},p=${COST.parallelization}$${text(salt)}$${text(key)}`;
}

/** `stored`: the password itself, or its hash. The time it takes tells nothing of how much was right. */
export async function isPassword(given: string, stored: string): Promise<boolean> {
  const hash = parse(stored);
  if (hash === null) return sameSecret(given.normalize('NFC'), stored.normalize('NFC'));
  return timingSafeEqual(await derive(given, hash), hash.key);
}
