/** Carries text and elements past the feed library, which would spoil them: it writes marks, which are replaced at the end. */
import { escapeForReaders } from './cleantext.ts';

/**
 * The library (feed 6 on xml-js) is trusted with structure, checked addresses, dates and HTML that holds no `]]>`. It
 * does not escape `<` in attributes, un-escapes `&amp;` in text, escapes only the first `]]>` of a CDATA section,
 * labels plain titles as HTML, and has no place for some elements. So plain text and such elements travel through it as
 * marks made of noncharacters, which clean text never holds, and `restore` puts the escaped text in their place.
 */
export interface Marks {
  /** A mark that stands for this plain text wherever the library puts it: element, attribute or CDATA section. */
  readonly text: (plain: string) => string;
  /** A mark for well-formed XML that replaces the whole element it is the only content of. */
  readonly element: (xml: string) => string;
  /** The document with every mark replaced. */
  readonly restore: (xml: string) => string;
}

const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';
const ELEMENT = '\ufdd2';

const MARKED_ELEMENT = new RegExp(`<([\\w:]+)>${OPEN}${ELEMENT}(\\d+)${CLOSE}</\\1>`, 'g');
const MARKED_CDATA = new RegExp(`( type="html")?><!\\[CDATA\\[${OPEN}(\\d+)${CLOSE}\\]\\]>`, 'g');
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');

export function createMarks(): Marks {
  const kept: string[] = [];
  const keep = (written: string): number => kept.push(written) - 1;
  const at = (index: string): string => kept[Number(index)] ?? '';
  return {
    text: (plain) => `${OPEN}${keep(escapeForReaders(plain))}${CLOSE}`,
    element: (xml) => `${OPEN}${ELEMENT}${keep(xml)}${CLOSE}`,
    restore: (xml) =>
      xml
        .replace(
          MARKED_CDATA,
          (_, typed: string | undefined, index: string) => `${typed === undefined ? '' : ' type="text"'}>${at(index)}`,
        )
        .replace(MARKED_ELEMENT, (_, _name: string, index: string) => at(index))
        .replace(MARK, (_, index: string) => at(index)),
  };
}

/** `name="value"` pairs with their escapes; null values are left out. */
export function writeAttributes(attributes: Readonly<Record<string, string | number | null>>): string {
  let written = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) written += ` ${name}="${escapeForReaders(String(value))}"`;
  }
  return written;
}

/**
 * Adds to the start tags of `element`, in their order, what `attributesOf` gives for each. Nothing but the library
 * writes such tags: text travels as marks, and tidied HTML has no element of these names.
 */
export function addAttributes(xml: string, element: 'feed' | 'entry', attributesOf: (index: number) => string): string {
  let index = 0;
  return xml.replace(new RegExp(`<${element}(?=[\\s>])[^>]*`, 'g'), (tag) => tag + attributesOf(index++));
}
