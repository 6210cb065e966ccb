/** Finds what people type in a text: Latin words and numbers as whole words, Chinese ones wherever they stand. */

const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]/u;
const LATIN_OR_DIGITS = /[\p{Script=Latin}\p{Nd}]+/gu;

/** The Latin words and numbers of a text, as far as they go: a text that has a word whole has each of the word's whole. */
export function latinWordsOf(text: string): readonly string[] {
  return text.match(LATIN_OR_DIGITS) ?? [];
}

/**
 * Whether folded `text` has folded `word`. Where the word begins or ends with a Latin letter or a digit, no other one may
 * stand beside it: `ai` is in `ai大模型` and not in `shanghai`. Chinese is written without spaces, so that its words count
 * anywhere. An empty word is nowhere.
 */
export function hasWholeWord(text: string, word: string): boolean {
  return wholeWordAt(text, word) !== null;
}

/** Where the first such word begins; null where there is none. */
export function wholeWordAt(text: string, word: string): number | null {
  if (word === '') return null;
  const isBoundBefore = LATIN_OR_DIGIT.test(firstOf(word));
  const isBoundBehind = LATIN_OR_DIGIT.test(lastOf(word));
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const isOpenBefore = isBoundBefore && at > 0 && LATIN_OR_DIGIT.test(lastOf(text.slice(Math.max(0, at - 2), at)));
    const isOpenBehind = isBoundBehind && LATIN_OR_DIGIT.test(firstOf(text.slice(end, end + 2)));
    if (!isOpenBefore && !isOpenBehind) return at;
  }
  return null;
}

const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0x20);

function lastOf(text: string): string {
  const unit = text.charCodeAt(text.length - 1);
  const isPair = unit >= 0xdc00 && unit <= 0xdfff;
  return text.slice(isPair ? -2 : -1);
}
