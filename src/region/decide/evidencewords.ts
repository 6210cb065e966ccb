/** Turns weighed evidence into a sentence for people. */
import type { Evidence, RegionHit, TextField, ThemeHit } from '../../model/region.ts';
import { codePrefix } from '../../divisions/codes.ts';
import type { Weighed } from './weighed.ts';

const FIELDS: Readonly<Record<TextField, string>> = {
  title: 'in the title',
  summary: 'in the summary',
  text: 'in the text',
  dateline: 'in the dateline',
  category: 'as a category',
  outlet: "in the outlet's name",
  feed: "in the feed's name",
};

const MAX_PIECES = 3;

type Hit = RegionHit | ThemeHit;

/** `合肥 in the dateline +1.0 → 合肥市 340100; 安徽 in the title +2.5 → 安徽省 340000; score 3.5, threshold 2.0` */
export function explain(weighed: Weighed, threshold: number): string {
  const { score, hits, evidence, against, rivals, mentioned } = weighed;
  const bound = `threshold ${threshold.toFixed(1)}`;
  if (evidence.length === 0) {
    const aside =
      mentioned.length === 0 ? '' : `${sayPieces(evidenceOf(mentioned), mentioned, '+')}, only in passing; `;
    if (rivals.length > 0)
      return `${aside}only places elsewhere are named: ${sayPieces(evidenceOf(rivals), rivals, '−')}; ${bound}`;
    return aside === '' ? `no place or theme of the edition is named; ${bound}` : `${aside}${bound}`;
  }
  const contrary = against.length > 0 ? `; against it ${sayPieces(against, rivals, '−')}` : '';
  const short = score < threshold ? `${(threshold - score).toFixed(1)} short of the ` : '';
  return `${sayPieces(evidence, hits, '+')}${contrary}; score ${score.toFixed(1)}, ${short}${bound}`;
}

const evidenceOf = (hits: readonly Hit[]): readonly Evidence[] =>
  hits.flatMap((hit) => hit.evidence.slice(0, 1)).sort((a, b) => b.weight - a.weight);

/** The strongest pieces, each followed by the place it means; those of one place stand together. */
function sayPieces(evidence: readonly Evidence[], hits: readonly Hit[], mark: string): string {
  const byTarget = new Map<string, string[]>();
  for (const { term, field, weight } of evidence.slice(0, MAX_PIECES)) {
    const target = targetOf(hits, term, field);
    const said = `${term} ${FIELDS[field]} ${mark}${weight.toFixed(1)}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), said]);
  }
  return [...byTarget].map(([target, pieces]) => `${pieces.join(', ')} → ${target}`).join('; ');
}

/** The narrowest place that a piece speaks for: 阜南 stands under 阜南县 and, with less to say, under 阜阳市. */
function targetOf(hits: readonly Hit[], term: string, field: TextField): string {
  const places = hits.filter((hit) => hit.evidence.some((piece) => piece.term === term && piece.field === field));
  const [hit] = places.sort((a, b) => breadth(a) - breadth(b));
  if (!hit) return '';
  return 'code' in hit ? `${hit.name} ${hit.code}` : hit.group;
}

const breadth = (hit: Hit): number => ('code' in hit ? -codePrefix(hit.code).length : 0);
