/** Keeps secrets: hides passwords and tokens in what is shown, and compares a secret with what was given for it. */
import { createHash, timingSafeEqual } from 'node:crypto';

// To the last @: a password may hold one, and quotes.
const USER_AND_PASSWORD = /(\/\/)[^/?#\s]*@/g;
const SECRET_NAME = '(?:token|key(?!word)|secret|password|passwd|pwd|auth(?!or)|sign|session)';
const SECRET = new RegExp(SECRET_NAME, 'i');

/** User and password of addresses, and parameters whose name suggests a secret, become `•••`. */
export function maskAddresses(text: string): string {
  return maskParameters(text.replaceAll(USER_AND_PASSWORD, '$1•••@'));
}

/** Reads each parameter once: a pattern that looks for the name within it costs the cube of a long query. */
function maskParameters(text: string): string {
  const parameter = /[?&]([^=&#\s]*)(=?)/g;
  const value = /[^&#\s'"`)\]}>]*/y;
  let out = '';
  let done = 0;
  for (let found = parameter.exec(text); found !== null; found = parameter.exec(text)) {
    const [, name = '', equals] = found;
    if (equals === '' || !SECRET.test(name)) continue;
    value.lastIndex = parameter.lastIndex;
    value.exec(text);
    out += `${text.slice(done, parameter.lastIndex)}•••`;
    done = value.lastIndex;
    parameter.lastIndex = done;
  }
  return out + text.slice(done);
}

/** An address without what `maskAddresses` hides: still an address, for readers and for links. */
export function publicAddress(address: string): string {
  if (maskAddresses(address) === address || !URL.canParse(address)) return maskAddresses(address);
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.search = new URLSearchParams([...url.searchParams].filter(([name]) => !SECRET.test(name))).toString();
  return url.href;
}

/** Whether a secret is what was given for it, in a time that tells neither how much of it was right nor how long it is. */
export function sameSecret(a: string, b: string): boolean {
  // Digests have one length: `timingSafeEqual` takes nothing else.
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
