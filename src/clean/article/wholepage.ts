/** Recognises what a content is: markup or plain text, a body or a whole page with its chrome. */
import type { Judged } from '../lines/judge.ts';

const MARKUP =
  /<(?:p|br|div|span|a|img|html|body|table|ul|ol|li|h[1-6]|section|article|strong|b|em|i|font|center|blockquote|iframe|!doctype|!--|script|style|video|figure|pre|td|tr|svg|math|form|input|base|link|meta|object|embed|marquee|details|audio|button|textarea|select|o:p)(?:[\s/>]|$)/i;
const ENTITIES = /&(?:nbsp|emsp|ensp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|#\d{1,7}|#x[\da-f]{1,6});/i;

const ESCAPED_TAG = /&lt;\/?(?:p|br|div|span|img|a|strong|b|table|ul|li)(?:\s|\/|&gt;)/i;

/** Whether `content` is markup that was escaped once too often: no tag of its own, but escaped ones. */
export function isEscapedMarkup(content: string): boolean {
  return ESCAPED_TAG.test(content) && !MARKUP.test(content);
}

export function isMarkup(content: string): boolean {
  return MARKUP.test(content) || ENTITIES.test(content);
}

/** Whether judged lines hold a page's chrome: its dated line, path, editor, notices, related reading. */
export function isWholePage(judged: readonly Judged[]): boolean {
  return judged.some(({ rule }) => rule?.chrome === true);
}
