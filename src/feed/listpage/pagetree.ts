/** Parses a page into a light tree of elements and texts in document order, for finding its news. */
import { readMarkup } from '../../text/guardedparser.ts';

export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: PageElement | null;
  /** Place in document order; those within it follow it. */
  readonly order: number;
  readonly content: Content;
}

type Content = readonly (PageElement | string)[];

export interface PageTree {
  readonly root: PageElement;
  /** In document order, `root` first. */
  readonly elements: readonly PageElement[];
  /** What scripts hold, with the attributes of each. */
  readonly scripts: readonly { readonly attributes: Readonly<Record<string, string>>; readonly text: string }[];
  /** False where the bounds of reading left out some of its end. */
  readonly isWhole: boolean;
}

/** Elements whose text nobody is shown, or which offer choices of a form. */
const SILENT = new Set(['script', 'style', 'template', 'textarea', 'select', 'title', 'iframe', 'svg']);
/** Of scripts all together: lists of records and states of applications are shorter. */
const MOST_SCRIPT = 2_000_000;
/** Records of markup within scripts, read as if they stood in their place. */
const RECORD_SCRIPT = /<record>|<datastore>|<recordset>/i;
const WRITTEN = /document\.write(?:ln)?\(\s?(["'])([^\n]{0,2000})/g;

/** The markup of records in the XML that some systems put into a page or give in place of one; null where it has none. */
export function recordsIn(text: string): string | null {
  if (!RECORD_SCRIPT.test(text)) return null;
  const records: string[] = [];
  let at = Math.max(0, text.indexOf('<recordset'));
  for (;;) {
    const start = text.indexOf('<![CDATA[', at);
    const end = start < 0 ? -1 : text.indexOf(']]>', start);
    if (end < 0) break;
    records.push(`<li>${text.slice(start + 9, end)}</li>`);
    at = end + 3;
  }
  return records.length === 0 ? null : `<ul>${records.join('')}</ul>`;
}

/** `html` with the records of its scripts in their place, or made of the records that stand in place of a page. */
export function withRecords(html: string): string {
  if (!RECORD_SCRIPT.test(html)) return html;
  let out = '';
  let done = 0;
  for (let at = html.indexOf('<script'); at >= 0; at = html.indexOf('<script', done)) {
    const start = html.indexOf('>', at) + 1;
    const end = start === 0 ? -1 : html.indexOf('</script', start);
    if (end < 0) break;
    const records = recordsIn(html.slice(start, end));
    out += records === null ? html.slice(done, end) : html.slice(done, at) + records;
    done = records === null ? end : html.indexOf('>', end) + 1 || html.length;
  }
  return done === 0 ? (recordsIn(html) ?? html) : out + html.slice(done);
}

function writtenIn(text: string): string | null {
  const written = [...text.matchAll(WRITTEN)].map(([, quote = '', rest = '']) =>
    rest.slice(0, Math.max(0, rest.lastIndexOf(quote))),
  );
  const markup = written.filter((piece) => /<a\s/i.test(piece)).join('');
  return markup === '' ? null : markup.replaceAll('\\/', '/').replaceAll('\\"', '"').replaceAll("\\'", "'");
}

/** While it is read. */
interface OpenElement extends Omit<PageElement, 'content' | 'parent'> {
  readonly parent: OpenElement | null;
  content: Content;
}

const NOTHING: Content = [];

/** V8 gives an array that grows room for seventeen: of the most, which hold nothing or one thing, that is most of a tree. */
function put(place: OpenElement, part: OpenElement | string): void {
  if (place.content === NOTHING) place.content = [part];
  else (place.content as (OpenElement | string)[]).push(part);
}

/** Reads `html`; records of markup that stand in scripts become part of the tree where they stand. */
export function readPageTree(html: string): PageTree {
  const root: OpenElement = { name: '', attributes: {}, parent: null, order: 0, content: NOTHING };
  const elements: PageElement[] = [root];
  const scripts: { attributes: Readonly<Record<string, string>>; text: string }[] = [];
  let scriptRoom = MOST_SCRIPT;
  const grow = (markup: string, place: OpenElement, isInner: boolean): boolean => {
    let at = place;
    return readMarkup(markup, {
      onopentag(name, attributes) {
        const element: OpenElement = { name, attributes, parent: at, order: elements.length, content: NOTHING };
        put(at, element);
        elements.push(element);
        at = element;
      },
      ontext(text) {
        put(at, text);
      },
      onclosetag() {
        const closed = at;
        at = closed.parent ?? root;
        if (closed.name !== 'script') return;
        const text = closed.content.filter((part) => typeof part === 'string').join('');
        closed.content = NOTHING;
        scriptRoom -= text.length;
        if (scriptRoom < 0 || isInner) return;
        const inner = recordsIn(text) ?? writtenIn(text);
        if (inner !== null) grow(inner, at, true);
        else scripts.push({ attributes: closed.attributes, text });
      },
    });
  };
  const isWhole = grow(html, root, false);
  return { root, elements, scripts, isWhole };
}

export const isSilent = (element: PageElement): boolean => SILENT.has(element.name);

/** Whether `inner` is `outer` or lies within it. */
export function isWithin(inner: PageElement, outer: PageElement): boolean {
  for (let at: PageElement | null = inner; at !== null && at.order >= outer.order; at = at.parent)
    if (at === outer) return true;
  return false;
}
