/** Checks the form of addresses, headers and the login in the config. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { isPasswordHash } from '../../text/passwordhash.ts';
import { nearest } from '../../text/near.ts';
import { show } from '../yaml/show.ts';
import type { FormCheck } from './valueforms.ts';

interface AddressForm {
  /** Without the colon. */
  readonly schemes: readonly string[];
  readonly example: string;
  /** Faults never repeat the value. */
  readonly secret?: boolean;
  /** No query and no fragment. */
  readonly bare?: boolean;
}

/** A check that the value is an absolute address of one of these schemes. */
function addressCheck(form: AddressForm): FormCheck {
  const schemes = form.schemes.map((name) => `\`${name}://\``);
  const expected = reason('config.address.expected', { schemes, example: form.example });
  return (value) => {
    const address = form.secret
      ? reason('config.address.hidden')
      : reason('config.address.shown', { address: show(value) });
    if (/\s/.test(value)) return reason('config.address.space', { address, expected });
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || (!value.includes('://') && !form.schemes.includes(scheme))) {
      const host = /^[^/\s]+\.[^/\s]+/.test(value) && !form.secret;
      return host
        ? reason('config.address.bare-host', { address, proposed: `https://${show(value)}` })
        : reason('config.address.no-scheme', { address, expected });
    }
    if (!form.schemes.includes(scheme)) {
      const near = nearest(scheme, form.schemes);
      return near === null
        ? reason('config.address.scheme', { address, scheme, expected })
        : reason('config.address.scheme-near', { address, scheme, near });
    }
    return partProblem(value, form, address, expected);
  };
}

/** Of an address whose scheme is right. */
function partProblem(value: string, { bare }: AddressForm, address: Reason, expected: Reason): Reason | null {
  if (/^rsshub:/i.test(value))
    return /^rsshub:\/\/[^/\s]/i.test(value) ? null : reason('config.address.no-route', { address, expected });
  if (!/^https?:\/\/[^/]/i.test(value)) return reason('config.address.no-host', { address, expected });
  if (!URL.canParse(value)) return reason('config.address.unreadable', { address, expected });
  const url = new URL(value);
  const hasMore = bare === true && (url.search !== '' || url.hash !== '');
  return hasMore ? reason('config.address.query', { address, expected }) : null;
}

const isSourceUrl = addressCheck({
  schemes: ['http', 'https', 'rsshub'],
  example: 'https://www.chinanews.com.cn/rss/scroll-news.xml',
});
/** Filled in with the day, in the source's zone (`sources/datedaddress.ts`). */
const DAY_PARTS = ['{YYYY}', '{MM}', '{DD}', '{YYYYMM}', '{YYYYMMDD}'];
/** A name in braces: routes and queries may hold other braces. */
const PLACEHOLDER = /\{[A-Za-z][\w-]{0,40}\}/g;

export const sourceUrlProblem: FormCheck = (value) => {
  const unknown = value.match(PLACEHOLDER)?.find((name) => !DAY_PARTS.includes(name));
  return unknown === undefined
    ? isSourceUrl(value)
    : reason('config.address.placeholder', { placeholder: unknown, known: DAY_PARTS });
};
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
  if (near !== null) return reason('config.hub.near', { value: show(value), near });
  const why = hubAddressProblem(value);
  return why === null ? null : reason('config.hub.address', { why });
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
    return reason('config.header.name', { name: show(name) });
  }
  return OWN_HEADERS.has(name.toLowerCase()) ? reason('config.header.own', { name: show(name) }) : null;
};

export const headerValueProblem: FormCheck = (value) => {
  try {
    validateHeaderValue('x', value);
    return null;
  } catch {
    return reason('config.header.value');
  }
};

export const hostProblem: FormCheck = (value) => {
  if (/^[a-z]+:\/\//i.test(value)) return reason('config.host.address', { value: show(value) });
  if (/^[^:[\]]+:\d+$/.test(value)) return reason('config.host.port', { value: show(value) });
  return /^[a-z0-9.:_%-]+$/i.test(value) ? null : reason('config.host.form', { value: show(value) });
};

/** `user:password` in its parts; null where one is missing. */
export function parseAdmin(value: string): { readonly user: string; readonly password: string } | null {
  const at = value.indexOf(':');
  return at < 1 || at === value.length - 1 ? null : { user: value.slice(0, at), password: value.slice(at + 1) };
}

export const adminProblem: FormCheck = (value) => {
  const admin = parseAdmin(value);
  if (admin === null) return reason('config.login.form');
  const { password } = admin;
  if (isPasswordHash(password)) return null;
  if (password.startsWith('$scrypt$')) return reason('config.login.cut');
  if (/^\$(?:argon2|2[abxy]|[156]|pbkdf2)[^$]*\$/.test(password)) return reason('config.login.other-hash');
  // `$scrypt`, `$ln` and the like are gone where a shell took them for variables.
  return /^=\d+,r=\d+,p=\d+/.test(password) || password === '$' ? reason('config.login.shell') : null;
};
