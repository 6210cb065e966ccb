/** Makes relative addresses absolute, alone or inside HTML (RFC 3986 §5). */
import { QuoteType, Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';
import { readSrcset } from '../../text/srcset.ts';
import { escapeMarkup } from '../../text/html.ts';
import { isWeb, MOST_ADDRESS, parseUrl } from '../../text/url.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** Two a link: a body with more relative links than 10,000 is no article. */
const MAX_PIECES = 20_000;
/** Times its own length, and characters besides, by which markup may grow: a long base before each short link is no site's. */
const MOST_GROWTH = { times: 3, characters: 4000 };

/** `address` absolute against `base`; as given where it already is, where it is no address, or where `base` is none. Spaces around and line ends within are dropped. */
export function resolveUrl(address: string, base: string): string {
  const text = address.trim().replace(/[\t\r\n]+\s*/g, '');
  if (text.length > MOST_ADDRESS || SCHEME.test(text)) return text;
  try {
    return decodeUnreserved(new URL(text, base).href, text);
  } catch {
    return text;
  }
}

/** What a page's `<base href>` makes of its own address; where that leads out of the web, the page's address stands. */
export function pageBase(href: string | null | undefined, pageUrl: string): string {
  const base = href ? resolveUrl(href, pageUrl) : pageUrl;
  const url = parseUrl(base);
  return url !== null && isWeb(url) ? base : pageUrl;
}

// The URL class escapes ideographs that the publisher wrote plainly; readable addresses stay readable.
function decodeUnreserved(href: string, written: string): string {
  if (!/[^\x00-\x7f]/.test(written) || !href.includes('%')) return href;
  const tail = written.replace(/^[./]+/, '');
  const escaped = encodeURI(tail).replaceAll('%25', '%');
  return tail !== '' && href.endsWith(escaped) ? href.slice(0, -escaped.length) + tail : href;
}

/** Base address for a nested element: its xml:base against the one around it. */
export function nestBase(base: string, xmlBase: string | undefined): string {
  if (xmlBase === undefined || xmlBase.trim() === '') return base;
  return resolveUrl(xmlBase, base);
}

const URL_ATTRIBUTES = new Set([
  'href',
  'src',
  'action',
  'background',
  'cite',
  'data',
  'longdesc',
  'poster',
  'data-src',
  'data-original',
  'usemap',
  'codebase',
  'profile',
  'classid',
  'formaction',
  'xlink:href',
]);

/** Whether an attribute of this lower-case name holds an address. */
export function isUrlAttribute(name: string): boolean {
  return URL_ATTRIBUTES.has(name);
}

// One look at whether any address in the markup is relative at all; most feeds have none.
const RELATIVE =
  /\s(?:href|src|srcset|action|background|cite|data|longdesc|poster|data-src|data-original|usemap|codebase|profile|classid|formaction|xlink:href)\s*=\s*(?:"(?![a-z][a-z0-9+.-]*:|#|\s*")|'(?![a-z][a-z0-9+.-]*:|#|\s*')|(?![a-z][a-z0-9+.-]*:|["'#\s>]))/i;

function resolveSrcset(value: string, base: string): string {
  let out = '';
  let done = 0;
  for (const { url, at } of readSrcset(value)) {
    out += value.slice(done, at) + resolveUrl(url, base);
    done = at + url.length;
  }
  return out + value.slice(done);
}

/** HTML with the addresses in its attributes made absolute. Fragments of the same page (`#x`) stay. */
export function resolveHtmlLinks(html: string, base: string): string {
  if (base === '' || !html.includes('<') || !RELATIVE.test(html)) return html;
  const pieces: string[] = [];
  let done = 0;
  let room = MOST_GROWTH.times * html.length + MOST_GROWTH.characters;
  let name = '';
  let from = -1;
  const callbacks: TokenizerCallbacks = {
    onattribname: (start, end) => {
      name = html.slice(start, end).toLowerCase();
      from = -1;
    },
    onattribdata: (start) => {
      if (from < 0) from = start;
    },
    onattribend: (quote, end) => {
      if (from < 0 || pieces.length > MAX_PIECES || room <= 0 || !(URL_ATTRIBUTES.has(name) || name === 'srcset'))
        return;
      const to = quote === QuoteType.Single || quote === QuoteType.Double ? end - 1 : end;
      const value = html.slice(from, to).replaceAll('&amp;', '&');
      if (value.trim() === '' || value.trimStart().startsWith('#')) return;
      const resolved = name === 'srcset' ? resolveSrcset(value, base) : resolveUrl(value, base);
      if (resolved === value) return;
      const escaped = escapeMarkup(resolved).replaceAll("'", '&#39;');
      room -= escaped.length;
      pieces.push(html.slice(done, from), escaped);
      done = to;
    },
    ontext: () => undefined,
    oncdata: () => undefined,
    onopentagname: () => undefined,
    onopentagend: () => undefined,
    onselfclosingtag: () => undefined,
    onclosetag: () => undefined,
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onprocessinginstruction: () => undefined,
    onattribentity: () => undefined,
    ontextentity: () => undefined,
    onend: () => undefined,
  };
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
  return pieces.length === 0 ? html : pieces.join('') + html.slice(done);
}
