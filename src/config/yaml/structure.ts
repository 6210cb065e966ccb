/** Finds faults in the structure of a YAML document: keys written twice, keys that are no text, lost aliases. */
import { isAlias, isMap, isScalar, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import type { Fault } from '../../model/config.ts';
import { didYouMean } from '../../text/near.ts';
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
      faults.push({ file, ...place, message: 'a key is missing or is a block: write one word before the colon' });
      continue;
    }
    const name = String(text);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, place.line);
    else if (name !== '<<') {
      const message = `${show(name)} is written twice in this block (first on line ${earlier}): keep one of them`;
      faults.push({ file, ...place, message });
    }
  }
  return faults;
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
        const message =
          target !== undefined
            ? `the alias ${show(`*${node.source}`)} stands inside the block it names: write the block out`
            : /^[/\d]/.test(node.source)
              ? `a value cannot begin with \`*\`: put the schedule in quotes, such as \`"*/15 * * * *"\``
              : `the alias ${show(`*${node.source}`)} has no anchor ${show(`&${node.source}`)} before it${didYouMean(node.source, anchors.keys()) || ': put the value in quotes if it is a text'}`;
        faults.push({ file, ...place, message });
        return;
      }
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isMap(node)) faults.push(...keyFaults(file, node, placeAt));
    },
  });
  return { faults, fatal };
}
