/** Reads HTML and XML within bounds of depth, width and length: every tree and text made from foreign markup comes through here. */
import { Parser, type ParserOptions, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { VOID_ELEMENTS } from './html.ts';

/**
 * Elements open at once. The parser looks through all of them for every tag, so that without a bound a megabyte of `<b>`
 * takes a minute. Deeper ones lose their tags and keep their text. Real pages stay under 60.
 */
export const MOST_OPEN = 200;
/** What follows that many elements is left out, text and all; the largest front pages hold 20,000. */
export const MOST_ELEMENTS = 100_000;
/** Of one element; what follows is left out. Lazy-loading pictures carry a dozen. */
export const MOST_ATTRIBUTES = 64;
/** What follows that many characters is left out; a page that long is no article and no list. */
export const MOST_CHARACTERS = 5_000_000;

/** Names are in lower case unless the markup is XML; void elements and implied ends are closed too. */
export interface MarkupHandler {
  readonly onopentag?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly ontext?: (text: string) => void;
  readonly onclosetag?: (name: string) => void;
}

interface MarkupOptions {
  readonly xml?: boolean;
  /** Characters that are read, where fewer do. */
  readonly most?: number;
}

/** Feeds `markup`, references decoded, to `handler`; false where the bounds left out some of its end. Never throws, linear. */
export function readMarkup(markup: string, handler: MarkupHandler, options: MarkupOptions = {}): boolean {
  const { xml = false, most = MOST_CHARACTERS } = options;
  const text = markup.length > most ? markup.slice(0, most) : markup;
  const pass: Pass = { text, xml, open: 0, elements: 0, isOver: false };
  const given: GuardedOptions = { xmlMode: xml, decodeEntities: true, Tokenizer: GuardedTokenizer, pass };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        pass.open++;
        handler.onopentag?.(name, attributes);
      },
      ontext: (data) => handler.ontext?.(data),
      onclosetag: (name) => {
        pass.open--;
        handler.onclosetag?.(name);
      },
    },
    given,
  );
  parser.end(text);
  return !pass.isOver && text.length === markup.length;
}

/** The parser hands its options on to the tokeniser that it makes. */
interface GuardedOptions extends ParserOptions {
  readonly pass: Pass;
}

/** One class for all documents: with one for each, the engine's compiled code would fit none. */
class GuardedTokenizer extends Tokenizer {
  constructor(given: ConstructorParameters<typeof Tokenizer>[0], parser: TokenizerCallbacks) {
    super(given, guarded(parser, (given as GuardedOptions).pass));
  }
}

interface Pass {
  readonly text: string;
  readonly xml: boolean;
  /** Elements in the parser's stack. */
  open: number;
  elements: number;
  /** The document has had all its elements. */
  isOver: boolean;
}

/** The parser's own callbacks without the tags, attributes and texts beyond the bounds. */
function guarded(parser: TokenizerCallbacks, pass: Pass): TokenizerCallbacks {
  let isSkipped = false;
  let deeper = 0;
  let attributes = 0;
  const isTooMany = (): boolean => isSkipped || attributes > MOST_ATTRIBUTES;
  const isTooDeep = (from: number, to: number): boolean =>
    pass.open >= MOST_OPEN && (pass.xml || !VOID_ELEMENTS.has(pass.text.slice(from, to).toLowerCase()));
  return {
    onopentagname(from, to) {
      attributes = 0;
      pass.isOver ||= ++pass.elements > MOST_ELEMENTS;
      isSkipped = pass.isOver || isTooDeep(from, to);
      if (isSkipped) deeper++;
      else parser.onopentagname(from, to);
    },
    onattribname(from, to) {
      attributes++;
      if (!isTooMany()) parser.onattribname(from, to);
    },
    onattribdata: (from, to) => isTooMany() || parser.onattribdata(from, to),
    onattribentity: (codePoint) => isTooMany() || parser.onattribentity(codePoint),
    onattribend: (quote, to) => isTooMany() || parser.onattribend(quote, to),
    onopentagend: (to) => isSkipped || parser.onopentagend(to),
    onselfclosingtag(to) {
      if (!isSkipped) parser.onselfclosingtag(to);
      else if (pass.xml) deeper--;
    },
    onclosetag(from, to) {
      if (pass.isOver) return;
      if (deeper > 0) deeper--;
      else parser.onclosetag(from, to);
    },
    ontext: (from, to) => pass.isOver || parser.ontext(from, to),
    ontextentity: (codePoint, to) => pass.isOver || parser.ontextentity(codePoint, to),
    oncdata: (from, to, offset) => pass.isOver || parser.oncdata(from, to, offset),
    oncomment: (from, to, offset) => pass.isOver || parser.oncomment(from, to, offset),
    ondeclaration: (from, to) => pass.isOver || parser.ondeclaration(from, to),
    onprocessinginstruction: (from, to) => pass.isOver || parser.onprocessinginstruction(from, to),
    onend: () => parser.onend(),
  };
}
