/** Finds faults in the structure of a YAML document: keys written twice, keys that are no text, lost aliases. */
import { isAlias, isMap, isScalar, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import type { Fault } from '../../model/config.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Reason } from '../../model/reason.ts';
import { nearest } from '../../text/near.ts';
import { show } from './show.ts';

interface PlaceAt {
  (offset: number): { readonly line: number; readonly column: number };
}

function keyFaults(file: string, map: YAMLMap, placeAt: PlaceAt): Fault[] {
  const faults: Fault[] = [];
  const first = new Map<string, number>();
  for (const { key } of map.items) {
    const place = placeAt((key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0);
    // A merge key comes as a symbol.
    const text = isScalar(key) ? (typeof key.value === 'symbol' ? '<<' : key.value) : null;
    const isText = typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean';
    if (!isText || text === '') {
      faults.push({ file, ...place, why: reason('config.yaml.no-key') });
      continue;
    }
    const name = String(text);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, place.line);
    else if (name !== '<<') {
      faults.push({ file, ...place, why: reason('config.yaml.key-twice', { key: show(name), line: earlier }) });
    }
  }
  return faults;
}

/** `inside`: it stands in the block that it names. */
function aliasProblem(name: string, inside: boolean, known: Iterable<string>): Reason {
  const [alias, anchor] = [show(`*${name}`), show(`&${name}`)];
  if (inside) return reason('config.yaml.alias-inside', { alias });
  if (/^[/\d]/.test(name)) return reason('config.yaml.asterisk');
  const near = nearest(name, known);
  return near === null
    ? reason('config.yaml.alias', { alias, anchor })
    : reason('config.yaml.alias-near', { alias, anchor, near });
}

/** `fatal`: the document has no plain value, since an alias leads nowhere or into itself. */
export function structureFaults(
  file: string,
  doc: Document.Parsed,
  placeAt: PlaceAt,
): { readonly faults: readonly Fault[]; readonly fatal: boolean } {
  const faults: Fault[] = [];
  // By hand: Alias.resolve walks the whole document for each alias.
  const anchors = new Map<string, Node>();
  let fatal = false;
  visit(doc, {
    Node(_key, node, path) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined && !path.includes(target)) return;
        fatal = true;
        const place = placeAt(node.range?.[0] ?? 0);
        faults.push({ file, ...place, why: aliasProblem(node.source, target !== undefined, anchors.keys()) });
        return;
      }
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isMap(node)) faults.push(...keyFaults(file, node, placeAt));
    },
  });
  return { faults, fatal };
}
