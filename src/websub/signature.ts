/** Turns a body and a secret into the signature that goes with it, and a signature into whether it is the body's. */
import { createHmac } from 'node:crypto';
import { sameSecret } from '../text/secrets.ts';

/** The methods that WebSub §7.1 knows. */
const METHODS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** Value of X-Hub-Signature (WebSub §7.1). */
export function signBody(secret: string, body: Uint8Array, method = 'sha256'): string {
  return `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
}

/**
 * Whether `signature` is this body's. SHA-1 is taken, too: large hubs sign with nothing else, and what is broken in it
 * (collisions) does not break its HMAC (RFC 6194 §3.3).
 */
export function isSigned(signature: string | undefined, secret: string, body: Uint8Array): boolean {
  const [, method = '', digest = ''] = /^\s*(\w+)=([\da-f]+)\s*$/i.exec(signature ?? '') ?? [];
  const name = method.toLowerCase();
  if (!METHODS.has(name)) return false;
  return sameSecret(digest.toLowerCase(), signBody(secret, body, name).slice(name.length + 1));
}
