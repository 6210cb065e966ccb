/** Takes out the blocks at an article's edges that recur on a source's other entries, known by what they say. */
import { hash } from 'node:crypto';
import { T } from '../thresholds.ts';
import { PLACES } from './places.ts';
import type { Taken } from './removal.ts';
import { readOpening } from '../../zh/opening.ts';
import { isSentence } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';
import { isOrganisation } from '../../zh/people.ts';

// Formulas and lists of appendices close letters and notices: they are of the text, however often they recur.
const FORMULA = /^(?:特此|此致|此复|现予|敬请|以上|附件|附:|附表|附录|抄送|联系(?:人|电话))/;

/** A block that may be chrome of its source, were it found on the source's other entries. */
interface Edge {
  /** Its index among the blocks kept. */
  readonly at: number;
  readonly key: string;
}

/** `kept` without those of its `edges` that recur. The first sentence, the dateline and what stands between edges always stay. */
export function withoutRecurring(
  kept: readonly Judged[],
  found: readonly Edge[],
  isRecurring: (key: string) => boolean,
): { readonly kept: readonly Judged[]; readonly removed: readonly Taken[] } {
  const edges = new Set(found.flatMap(({ at, key }) => (isRecurring(key) ? [at] : [])));
  let start = 0;
  while (edges.has(start)) start++;
  let end = kept.length;
  // A picture below a line that recurs is the code to scan.
  while (edges.has(end - 1) || (kept[end - 1]?.block.kind === 'image' && edges.has(end - 2))) end--;
  const gone = [...kept.slice(0, start), ...kept.slice(end)];
  if (gone.length === 0 || lengthOf(gone) > lengthOf(kept) * T.edge.share) return { kept, removed: [] };
  const removed = gone.map(({ block }) => ({
    by: PLACES.recurring,
    text: block.kind === 'image' ? block.src : block.text,
  }));
  return { kept: kept.slice(start, end), removed };
}

function lengthOf(blocks: readonly Judged[]): number {
  return blocks.reduce((sum, { folded }) => sum + folded.length, 0);
}

/** The blocks of `kept` that stand at the article's edges and could be chrome. */
export function edgesOf(kept: readonly Judged[]): readonly Edge[] {
  const first = kept.findIndex(isSentence);
  if (first < 0 || kept.filter(({ block }) => block.kind !== 'image').length < T.edge.blocks) return [];
  const edges: Edge[] = [];
  kept.forEach((one, at) => {
    const isHead = at < Math.min(first, T.edge.head);
    const isTail = at > first && at >= kept.length - T.edge.tail;
    if (!isHead && !isTail) return;
    const said = isTail && one.block.kind === 'image' ? one.block.src : saidAtEdge(one);
    if (said !== null) edges.push({ at, key: keyOf(said) });
  });
  return edges;
}

function saidAtEdge({ block, folded }: Judged): string | null {
  if (block.kind === 'image' || block.kind === 'list' || block.kind === 'table') return null;
  const said = folded.replace(/\s/g, '');
  if (said.length < T.edge.shortest || said.length > T.edge.longest || FORMULA.test(said) || isOrganisation(said))
    return null;
  return readOpening(block.text) === null ? said : null;
}

function keyOf(said: string): string {
  return hash('sha1', said, 'base64url').slice(0, 8);
}
