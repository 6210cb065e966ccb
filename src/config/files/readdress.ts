/** Changes the addresses of sources in the text of sources.yaml; every other byte, comments included, stays as it was. */
import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from 'yaml';

export interface Readdress {
  /** Source id. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

export interface Readdressed {
  readonly text: string;
  readonly done: readonly Readdress[];
  /** Those whose line is written so that only a person can change it: an alias, a merge, another address by now. */
  readonly left: readonly Readdress[];
}

/** sources.yaml with these addresses changed where they stand as plain values. */
export function readdress(text: string, wanted: readonly Readdress[]): Readdressed {
  const urls = urlsOf(text);
  const done: { readonly one: Readdress; readonly start: number; readonly end: number }[] = [];
  const left: Readdress[] = [];
  for (const one of wanted) {
    const url = urls.get(one.source);
    if (url === undefined || url.value !== one.from || !url.range) left.push(one);
    else done.push({ one, start: url.range[0], end: url.range[1] });
  }
  // From the end, so that places before stay what they were.
  done.sort((a, b) => b.start - a.start);
  let changed = text;
  for (const { one, start, end } of done)
    changed = changed.slice(0, start) + write(one.to, text.slice(start, end)) + changed.slice(end);
  return { text: changed, done: done.map(({ one }) => one).reverse(), left };
}

function urlsOf(text: string): Map<string, Scalar> {
  const urls = new Map<string, Scalar>();
  const root = parseDocument(text, { merge: true, uniqueKeys: false }).contents;
  const list = isMap(root) ? root.get('sources', true) : null;
  for (const item of isSeq(list) ? list.items : []) {
    if (!isMap(item)) continue;
    const id = scalarOf(item, 'id');
    const url = scalarOf(item, 'url');
    if (id !== null && url !== null) urls.set(String(id.value), url);
  }
  return urls;
}

function scalarOf(map: YAMLMap, name: string): Scalar | null {
  const value = map.items.find(({ key }) => isScalar(key) && key.value === name)?.value;
  return isScalar(value) ? value : null;
}

/** In the quotes that the old one had; a plain one gets quotes where YAML would read it as something else. */
function write(address: string, old: string): string {
  if (old.startsWith("'")) return `'${address.replaceAll("'", "''")}'`;
  // JSON strings are YAML double-quoted scalars (YAML 1.2 §7.3.1).
  if (old.startsWith('"') || !/^[\w./:?&=%~+;@-]+$/.test(address) || address.endsWith(':'))
    return JSON.stringify(address);
  return address;
}
