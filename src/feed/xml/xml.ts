/** Cuts XML, however broken, into tags and text, in one linear pass of htmlparser2's tokenizer. */
import { Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

/** Names as written; text and attribute values with their references unresolved. `at`: place of the tag's `<`; `end`: of what follows the name. */
export interface XmlHandler {
  open(name: string, attributes: Attributes, selfClosing: boolean, at: number): void;
  close(name: string, end: number): void;
  text(raw: string): void;
  cdata(text: string): void;
  /** Whether nothing more of the document is wanted; asked after each start tag. */
  isDone(): boolean;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});
const NAME = /^[A-Za-z_\u0080-\uffff][^<>"'&=]*$/;
const MAX_ATTRIBUTES = 64;

/** Feeds `text` to `handler` until that wants no more. Never throws on bad input; what is no tag (`<3`, `a < b`) comes as text. */
export function scanXml(text: string, handler: XmlHandler): void {
  let name = '';
  let start = 0;
  let attribute = '';
  let value = '';
  let attributes: Record<string, string> | null = null;
  let count = 0;

  const openTag = (endIndex: number, selfClosing: boolean): void => {
    if (NAME.test(name)) handler.open(name, attributes ?? NO_ATTRIBUTES, selfClosing, start);
    else handler.text(text.slice(start, endIndex + 1));
    if (handler.isDone()) tokenizer.pause();
  };
  const callbacks: TokenizerCallbacks = {
    ontext: (from, to) => handler.text(text.slice(from, to)),
    oncdata: (from, to, offset) => handler.cdata(text.slice(from, Math.max(from, to - offset))),
    onopentagname: (from, to) => {
      name = text.slice(from, to);
      start = from - 1;
      attributes = null;
      count = 0;
    },
    onattribname: (from, to) => {
      attribute = text.slice(from, to);
      value = '';
    },
    onattribdata: (from, to) => {
      value += text.slice(from, to);
    },
    onattribend: () => {
      attributes ??= Object.create(null) as Record<string, string>;
      if (++count <= MAX_ATTRIBUTES && !(attribute in attributes)) attributes[attribute] = value;
    },
    onopentagend: (endIndex) => openTag(endIndex, false),
    onselfclosingtag: (endIndex) => openTag(endIndex, true),
    onclosetag: (from, to) => handler.close(text.slice(from, to), to),
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onprocessinginstruction: () => undefined,
    onattribentity: () => undefined,
    ontextentity: () => undefined,
    onend: () => undefined,
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
}
