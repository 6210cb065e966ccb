/** Cleans text from outside for XML 1.0, JSON and a reader's list, and escapes it. */

// Code points that XML 1.0 (§2.2) forbids or discourages, lone surrogates, and the bidirectional embeddings, overrides
// and isolates (UAX #9): one left open in a title reorders whatever a reader shows after it.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** `text` without code points that cannot be published; U+FFFD becomes □, the Chinese sign for a character missing. */
export function cleanText(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replace(/\r\n?|\u0085/g, '\n')
    .replace(/\ufffd/g, '□');
}

/** `text` cleaned and on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** The first `maxCharacters` code points of `text`, with an ellipsis where something was cut. */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const characters = Array.from(text.slice(0, maxCharacters * 2 + 2));
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters).join('').trimEnd()}…`;
}

// A name is no place for an address (RFC 4287 has its own element), and a feed no place to hand one to harvesters.
const MAIL_ADDRESS = /<[^<>\s@]+@[^<>\s@]+>|^[^\s@]+@[^\s@]+$/g;
const MAX_NAME_CHARACTERS = 200;

/** The name of a person or an outlet on one line, without mail addresses; null where nothing is left. */
export function cleanName(text: string): string | null {
  return shorten(cleanLine(cleanLine(text).replace(MAIL_ADDRESS, '')), MAX_NAME_CHARACTERS) || null;
}

const EXCERPT_CHARACTERS = 40;

/** The opening words of `text`, up to the end of a sentence where one ends soon: a title for what has none. */
export function excerpt(text: string): string {
  const line = cleanLine(text.slice(0, EXCERPT_CHARACTERS * 20));
  const sentence = /^.{4,40}?[。！？!?；;]/u.exec(line);
  return sentence === null ? shorten(line, EXCERPT_CHARACTERS) : sentence[0].replace(/[。；;]$/u, '');
}

const PROFILE_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&#x3E;',
  '"': '&#x22;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

/**
 * Clean plain text as XML character data or a double-quoted attribute value, with the hexadecimal references that the
 * RSS profile asks for (rssboard.org/rss-profile#data-types-characterdata).
 */
function escapePlain(text: string): string {
  return text.replace(/[&<>"\n\t]/g, (character) => PROFILE_ESCAPES[character] ?? character);
}

// What readers take for a tag or comment (HTML standard §13.2.5.6) and swallow or run.
const TAG = /<(?=[a-z/!?])/gi;
/** Behind the bracket of a comparison: no element of so short a name does anything without attributes. */
const COMPARED = /^[a-z]\w{0,2}(?![\w:-])/i;

/**
 * The same for a title, a name or a summary: readers, and the W3C validator, look for HTML in them even where it says
 * that there is none. Brackets that could begin a tag become full-width; those in 若 a<b 且 b<c stay, for nothing comes
 * after them that ends a tag or gives it a value.
 */
export function escapeForReaders(text: string): string {
  const lastOfTags = text.search(/[>="'`/][^>="'`/]*$/);
  const isCompared = (at: number) =>
    at > lastOfTags && /\w|\)/.test(text.charAt(at - 1)) && COMPARED.test(text.slice(at + 1, at + 5));
  return escapePlain(text.replace(TAG, (bracket, at: number) => (isCompared(at) ? bracket : '＜')));
}
