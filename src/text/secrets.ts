/** Turns an address, or a text with addresses in it, into one that may be shown: without passwords and tokens. */

const USER_AND_PASSWORD = /(\/\/)[^/\s@'"]*@/g;
const SECRET_PARAMETER =
  /([?&][^=&#\s]*(?:token|key(?!word)|secret|password|passwd|pwd|auth(?!or)|sign|session)[^=&#\s]*=)[^&#\s'"`)\]}>]*/gi;

/** User and password of addresses, and parameters whose name speaks of a secret, become `•••`. */
export function maskAddresses(text: string): string {
  return text.replaceAll(USER_AND_PASSWORD, '$1•••@').replaceAll(SECRET_PARAMETER, '$1•••');
}
