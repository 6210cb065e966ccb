/** Reads HTML and XML within bounds of depth, width and length: every tree and text made from foreign markup comes through here. */
import { Parser } from 'htmlparser2';
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
  const parser = new GuardedParser(text, handler, xml);
  parser.end(text);
  return !parser.isOver && text.length === markup.length;
}

/** Elements in a parser's stack. */
interface Depth {
  open: number;
}

/** The parser's own steps, without the tags and attributes beyond the bounds, and without what follows the last element. */
class GuardedParser extends Parser {
  readonly #text: string;
  readonly #isXml: boolean;
  readonly #depth: Depth;
  #elements = 0;
  #attributes = 0;
  /** The tag that is read is left out. */
  #isSkipped = false;
  /** Elements open that were left out for their depth. */
  #deeper = 0;
  /** The document has had all its elements. */
  isOver = false;

  constructor(text: string, handler: MarkupHandler, isXml: boolean) {
    const depth: Depth = { open: 0 };
    super(
      {
        onopentag(name, attributes) {
          depth.open++;
          handler.onopentag?.(name, attributes);
        },
        onclosetag(name) {
          depth.open--;
          handler.onclosetag?.(name);
        },
        ...(handler.ontext !== undefined && { ontext: handler.ontext }),
      },
      { xmlMode: isXml, decodeEntities: true },
    );
    this.#text = text;
    this.#isXml = isXml;
    this.#depth = depth;
  }

  #isTooDeep(from: number, to: number): boolean {
    if (this.#depth.open < MOST_OPEN) return false;
    return this.#isXml || !VOID_ELEMENTS.has(this.#text.slice(from, to).toLowerCase());
  }

  override onopentagname(from: number, to: number): void {
    this.#attributes = 0;
    this.isOver ||= ++this.#elements > MOST_ELEMENTS;
    this.#isSkipped = this.isOver || this.#isTooDeep(from, to);
    if (this.#isSkipped) this.#deeper++;
    else super.onopentagname(from, to);
  }

  /** Without a name of its own an attribute counts as the one before it once more, and the first of a name stays. */
  override onattribname(from: number, to: number): void {
    if (++this.#attributes <= MOST_ATTRIBUTES) super.onattribname(from, to);
  }

  override onopentagend(to: number): void {
    if (!this.#isSkipped) super.onopentagend(to);
  }

  override onselfclosingtag(to: number): void {
    if (!this.#isSkipped) super.onselfclosingtag(to);
    else if (this.#isXml) this.#deeper--;
  }

  override onclosetag(from: number, to: number): void {
    if (this.isOver) return;
    if (this.#deeper > 0) this.#deeper--;
    else super.onclosetag(from, to);
  }

  override ontext(from: number, to: number): void {
    if (!this.isOver) super.ontext(from, to);
  }

  override ontextentity(codePoint: number, to: number): void {
    if (!this.isOver) super.ontextentity(codePoint, to);
  }

  override oncdata(from: number, to: number, offset: number): void {
    if (!this.isOver) super.oncdata(from, to, offset);
  }
}
