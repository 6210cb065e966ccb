/** Compares a secret with what was given for it, in a time that tells neither how much of it was right nor how long it is. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Digests have one length: `timingSafeEqual` takes nothing else. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
