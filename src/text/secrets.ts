/** Turns an address, or a text with addresses in it, into one that may be shown: without passwords and tokens. */

const USER_AND_PASSWORD = /(\/\/)[^/\s@'"]*@/g;
const SECRET_NAME = '(?:token|key(?!word)|secret|password|passwd|pwd|auth(?!or)|sign|session)';
const SECRET_PARAMETER = new RegExp(`([?&][^=&#\\s]*${SECRET_NAME}[^=&#\\s]*=)[^&#\\s'"\`)\\]}>]*`, 'gi');
const SECRET = new RegExp(SECRET_NAME, 'i');

/** User and password of addresses, and parameters whose name speaks of a secret, become `•••`. */
export function maskAddresses(text: string): string {
  return text.replaceAll(USER_AND_PASSWORD, '$1•••@').replaceAll(SECRET_PARAMETER, '$1•••');
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
