/** Reads a title or another one-line text, as feeds give them, as plain text on one line. */
import { readMarkup } from './guardedparser.ts';

// Controls (C0, C1), soft hyphen, bidi overrides and isolates, zero-width characters, fillers, variation selectors, BOM.
// Ruled by Unicode TR36 §2 (bidi) and by what feeds were seen to carry: 1 title in 130 has zero-width characters.
const INVISIBLE_RANGES =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff';
const INVISIBLE = new RegExp(`[${INVISIBLE_RANGES}]`, 'g');
// A joiner means something only inside an emoji sequence.
const LOOSE_JOINER = /(?<![\udc00-\udfff]|\ufe0f)\u200d|\u200d(?![\u2600-\u27bf\ud800-\udbff])/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const BLANKS = /[\s\u3000\u2800]+/g;
const SUSPECT = new RegExp(`[${INVISIBLE_RANGES}\u200d\ud800-\udfff]`);

/** Takes out what nobody sees: controls, bidi overrides, zero-width characters, lone surrogates. Blanks stay. */
export function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(INVISIBLE, '').replace(LOOSE_JOINER, '').replace(LONE_SURROGATE, '');
}

// Elements that stand in titles, or in what was pasted into one. In 若 a<b 且 b<c none does: behind the name of a tag stands
// no Chinese, and behind a letter no further bracket before the tag's own.
const TAG =
  /<(\/?)(a|abbr|article|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|embed|figure|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|label|li|link|mark|meta|object|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|title|tr|tt|u|ul|video|audio|wbr|o:p)(?=[\s/>])(?!\s+[^\x00-\x7f])(?!(?<=<[abiqsu])\s[^<>=]*(?:<|$))[^>]*(?:>|$)|<!--[^]*?(?:-->|$)/gi;
/** Elements that are no part of a title's words even where they stand alone. */
const FORMATTING = /^(?:b|big|br|center|em|font|hr|i|mark|small|span|strike|strong|sub|sup|tt|u|wbr|o:p)$/;
/** The same, and also where only decoding made a tag of them. */
const ACTIVE = /^(?:a|embed|iframe|img|link|meta|object|p|script|style|svg)$/;
const CDATA = /<!\[CDATA\[|\]\]>/g;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;
const MOST_CHARACTERS = 10_000;

/** The text of markup, with script and style left out; entities decoded. Tags become no blank, blocks and breaks one. */
export function textOf(markup: string): string {
  let out = '';
  let silent = 0;
  readMarkup(markup, {
    onopentag(name) {
      if (name === 'script' || name === 'style') silent++;
      else if (name === 'br' || name === 'p' || name === 'div' || name === 'li' || name === 'tr') out += ' ';
    },
    onclosetag(name) {
      if (name === 'script' || name === 'style') silent = Math.max(0, silent - 1);
      else if (name === 'p' || name === 'div') out += ' ';
    },
    ontext(text) {
      if (silent === 0) out += text;
    },
  });
  return out;
}

/**
 * `text` on one line, without markup, invisible characters and needless blanks. It is decoded once. Tags are markup where
 * they come in pairs, have attributes or format; 《video》 in angle brackets is a word, and so is what only decoding made a
 * tag of, unless it comes in pairs or has attributes: then it was encoded twice.
 */
export function plainText(text: string): string {
  // Invisible characters go before tags are looked for: `<scr\0ipt>` becomes a tag without them.
  let out = visible(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
  if (out.includes('<!') || out.includes(']]>')) out = out.replace(CDATA, '');
  const bare = withoutTags(out, (written) => written, true);
  if (bare !== null || ENTITY.test(out)) out = bare ?? visible(textOf(escapeBrackets(out)));
  // What a raw text element held may be markup again.
  for (let rounds = 0; rounds < 3; rounds++) {
    const rest = withoutTags(out, (written) => written.replaceAll('&', '&amp;'), false);
    if (rest === null) break;
    out = rest;
  }
  return out.replace(BLANKS, ' ').trim();
}

const escapeBrackets = (text: string): string => text.replaceAll('<', '&lt;');

/** The text without those of its tags that are markup; null where it has none. `escape`: of what stands between tags. */
function withoutTags(text: string, escape: (written: string) => string, isWritten: boolean): string | null {
  if (!text.includes('<')) return null;
  const tags = [...text.matchAll(TAG)];
  const isOpened = new Set<string>();
  const isClosed = new Set<string>();
  for (const [, slash, name] of tags)
    if (name !== undefined) (slash === '/' ? isClosed : isOpened).add(name.toLowerCase());
  let out = '';
  let at = 0;
  for (const { 0: tag, 1: slash, 2: name = '', index } of tags) {
    const lower = name.toLowerCase();
    const isName = /^<\/?[\w:]+>$/.test(tag);
    const isPaired = isOpened.has(lower) && isClosed.has(lower);
    const isMarkup =
      !isName || isPaired || ACTIVE.test(lower) || (isWritten && (slash === '/' || FORMATTING.test(lower)));
    if (!isMarkup) continue;
    out += escape(escapeBrackets(text.slice(at, index))) + (tag.endsWith('>') ? tag : '');
    at = index + tag.length;
  }
  return at === 0 ? null : visible(textOf(out + escape(escapeBrackets(text.slice(at)))));
}
