/** Checks the form of addresses, headers and the login in the config. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isPasswordHash } from '../../text/passwordhash.ts';
import { nearest } from '../../text/near.ts';
import { show } from '../yaml/show.ts';
import type { FormCheck } from './valueforms.ts';

interface AddressForm {
  /** Without the colon. */
  readonly schemes: readonly string[];
  readonly example: string;
  /** Messages never repeat the value. */
  readonly secret?: boolean;
  /** No query and no fragment. */
  readonly bare?: boolean;
}

/** A check that the value is an absolute address of one of these schemes. */
function addressCheck(form: AddressForm): FormCheck {
  const expected = `expected an address with ${form.schemes.map((name) => `\`${name}://\``).join(' or ')}, such as \`${form.example}\``;
  return (value) => {
    const shown = form.secret ? 'the address (not shown)' : show(value);
    if (value.trim() === '') return `nothing is given; ${expected}`;
    if (/\s/.test(value)) return `${shown} has a blank in it; ${expected}`;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || (!value.includes('://') && !form.schemes.includes(scheme))) {
      const host = /^[^/\s]+\.[^/\s]+/.test(value) && !form.secret;
      return `${shown} has no scheme; ${host ? `write \`https://${show(value).slice(1, -1)}\`` : expected}`;
    }
    if (!form.schemes.includes(scheme)) {
      const near = nearest(scheme, form.schemes);
      return near === null
        ? `${shown} has the scheme \`${scheme}://\`; ${expected}`
        : `${shown} has the scheme \`${scheme}\` – did you mean \`${near}\`?`;
    }
    if (scheme === 'rsshub') {
      return /^rsshub:\/\/[^/\s]/i.test(value) ? null : `${shown} names no route; ${expected}`;
    }
    if (!/^https?:\/\/[^/]/i.test(value)) return `${shown} names no host; ${expected}`;
    if (!URL.canParse(value)) return `${shown} is no address: its host or port cannot be read; ${expected}`;
    const url = new URL(value);
    if (form.bare === true && (url.search !== '' || url.hash !== '')) {
      return `${shown} has a \`?\` or \`#\` part; ${expected}`;
    }
    return null;
  };
}

export const sourceUrlProblem = addressCheck({
  schemes: ['http', 'https', 'rsshub'],
  example: 'https://www.chinanews.com.cn/rss/scroll-news.xml',
});
export const proxyProblem = addressCheck({
  schemes: ['http', 'https'],
  example: 'http://127.0.0.1:7890',
  secret: true,
});
export const webhookProblem = addressCheck({
  schemes: ['http', 'https'],
  example: 'https://hooks.example.com/…',
  secret: true,
});
export const baseUrlProblem = addressCheck({
  schemes: ['http', 'https'],
  example: 'https://news.example.com',
  bare: true,
});
export const rsshubProblem = addressCheck({ schemes: ['http', 'https'], example: 'http://127.0.0.1:1200', bare: true });

const hubAddressProblem = addressCheck({ schemes: ['http', 'https'], example: 'https://hub.example.com/' });

export const hubProblem: FormCheck = (value) => {
  if (value === 'own' || value === 'none') return null;
  const near = value.includes(':') || value.includes('.') ? null : nearest(value, ['own', 'none']);
  if (near !== null) return `${show(value)} is no hub – did you mean \`${near}\`?`;
  const problem = hubAddressProblem(value);
  return problem === null ? null : `${problem}, or \`own\` or \`none\``;
};

// Set by the HTTP client itself; a value from outside would break the request (RFC 9110 §7.2, RFC 9112 §6).
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
]);

export const headerNameProblem: FormCheck = (name) => {
  try {
    validateHeaderName(name);
  } catch {
    return `${show(name)} is no header name: use letters, digits and \`-\`, such as \`User-Agent\``;
  }
  return OWN_HEADERS.has(name.toLowerCase())
    ? `the header ${show(name)} is set by the client itself: remove this line`
    : null;
};

export const headerValueProblem: FormCheck = (value) => {
  try {
    validateHeaderValue('x', value);
    return null;
  } catch {
    return 'the header value (not shown) has a line break or a character beyond Latin-1: write printable ASCII, percent-encode the rest';
  }
};

export const hostProblem: FormCheck = (value) => {
  if (/^[a-z]+:\/\//i.test(value))
    return `${show(value)} is an address: \`host\` takes only the host, such as \`127.0.0.1\``;
  if (/^[^:[\]]+:\d+$/.test(value)) return `${show(value)} has a port: write it under \`port\`, and here only the host`;
  return /^[a-z0-9.:_%-]+$/i.test(value)
    ? null
    : `${show(value)} is no host: write \`127.0.0.1\`, \`0.0.0.0\`, \`::1\` or a host name`;
};

/** `user:password` in its parts; null where one is missing. */
export function parseAdmin(value: string): { readonly user: string; readonly password: string } | null {
  const at = value.indexOf(':');
  return at < 1 || at === value.length - 1 ? null : { user: value.slice(0, at), password: value.slice(at + 1) };
}

export const adminProblem: FormCheck = (value) => {
  const admin = parseAdmin(value);
  if (admin === null)
    return 'the login (not shown) has no user or no password: write `user:password`, with the colon between them';
  const { password } = admin;
  if (isPasswordHash(password)) return null;
  if (password.startsWith('$scrypt$'))
    return 'the hash of the login (not shown) is cut or mistyped: copy the whole line that `deltawire password` prints';
  if (/^\$(?:argon2|2[abxy]|[156]|pbkdf2)[^$]*\$/.test(password))
    return 'the login (not shown) has a hash of another kind: `deltawire password` prints one that is known';
  // `$scrypt`, `$ln` and the like are gone where a shell took them for variables.
  if (/^=\d+,r=\d+,p=\d+/.test(password) || password === '$')
    return 'the hash of the login (not shown) lost its `$` parts to the shell: write it in single quotes';
  return null;
};
