/** Hides what looks like a secret in sentences for people: messages, lines of the log, what commands print. */
import { maskAddresses } from './secrets.ts';

const HIDDEN = '•••';
/** A parameter of an address's query or fragment. */
const PARAMETER = /([?&#;]([^=&#;?\s"'<>]{1,64})=)([^&#\s'"`)\]}>]*)/g;
/** Names of secrets besides those that `maskAddresses` knows. */
const SECRET_NAME =
  /(?:token|key(?!word)|secret|passw|pwd|auth(?!or)|sign|session|credential|cookie|ticket)|^(?:sig|jwt|pass|pw|sid|code|otp|csrf|ak|sk)$/i;
/** What services write before their keys: signed web tokens, GitHub, OpenAI, Slack, AWS, GitLab, Google. */
const KEY_START = /^(?:eyJ[\w-]{8}|gh[oprsu]_|github_pat_|sk-|xox[abeprs]-|AKIA|glpat-|AIza)/;
/** Ids of news are shorter. */
const MIN_KEY_LENGTH = 24;
const MIN_KEY_CHARACTERS = 10;
const HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}(?:key|token|secret|auth)[\w-]{0,40})(["']?\s{0,3}[:=]\s{0,3}["']?)[^\r\n"'}]+/gi;
const SCHEME = /\b(Bearer|Basic|Digest|Token)(\s{1,3})(?=[A-Za-z]{0,80}[\d=._~+/-])[A-Za-z\d._~+/=-]{6,}/g;

/** Logins in addresses, parameters and headers that hold secrets, and what looks like a key become `•••`. */
export function maskMessage(text: string): string {
  return maskAddresses(text)
    .replaceAll(PARAMETER, (whole, start: string, name: string, value: string) =>
      isSecret(decode(name), decode(value)) ? `${start}${HIDDEN}` : whole,
    )
    .replaceAll(HEADER, `$1$2${HIDDEN}`)
    .replaceAll(SCHEME, `$1$2${HIDDEN}`);
}

function isSecret(name: string, value: string): boolean {
  if (value === '' || value === HIDDEN) return false;
  if (SECRET_NAME.test(name) || KEY_START.test(value) || maskAddresses(value) !== value) return true;
  return (
    value.length >= MIN_KEY_LENGTH &&
    /^[\w.~+/=-]+$/.test(value) &&
    /\d/.test(value) &&
    /[a-z]/i.test(value) &&
    new Set(value).size >= MIN_KEY_CHARACTERS
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
