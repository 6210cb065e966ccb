/** Turns weighed evidence into the reason that names it. */
import type { Piece, Reason } from '../../model/reason.ts';
import type { Evidence, RegionHit, TextField, ThemeHit } from '../../model/region.ts';
import { codePrefix } from '../../divisions/codes.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Weighed } from './weighed.ts';

const MAX_PIECES = 3;

type Hit = RegionHit | ThemeHit;

/** What decided, with at most MAX_PIECES pieces on each side. */
export function explain(weighed: Weighed, threshold: number): Reason {
  const { score, hits, evidence, against: contrary, rivals, mentioned } = weighed;
  if (evidence.length === 0) {
    const passing = piecesOf(evidenceOf(mentioned), mentioned, 1);
    const places = piecesOf(evidenceOf(rivals), rivals, -1);
    if (passing.length > 0 && places.length > 0)
      return reason('region.elsewhere-and-in-passing', { passing, places, threshold });
    if (places.length > 0) return reason('region.elsewhere', { places, threshold });
    return passing.length > 0
      ? reason('region.in-passing', { passing, threshold })
      : reason('region.nothing', { threshold });
  }
  const found = piecesOf(evidence, hits, 1);
  const against = piecesOf(contrary, rivals, -1);
  const short = threshold - score;
  if (short > 0)
    return against.length > 0
      ? reason('region.short-because', { found, against, score, short, threshold })
      : reason('region.short', { found, score, short, threshold });
  return against.length > 0
    ? reason('region.about-despite', { found, against, score, threshold })
    : reason('region.about', { found, score, threshold });
}

const evidenceOf = (hits: readonly Hit[]): readonly Evidence[] =>
  hits.flatMap((hit) => hit.evidence.slice(0, 1)).sort((a, b) => b.weight - a.weight);

/** The strongest pieces, each with the place it means; `sign` −1 where they argue against. */
function piecesOf(evidence: readonly Evidence[], hits: readonly Hit[], sign: 1 | -1): readonly Piece[] {
  return evidence
    .slice(0, MAX_PIECES)
    .map(({ term, field, weight }) => [term, field, sign * weight, targetOf(hits, term, field)]);
}

/** The narrowest place that a piece speaks for: 阜南 stands under 阜南县 and, with less to say, under 阜阳市. */
function targetOf(hits: readonly Hit[], term: string, field: TextField): string {
  const places = hits.filter((hit) => hit.evidence.some((piece) => piece.term === term && piece.field === field));
  const [hit] = places.sort((a, b) => breadth(a) - breadth(b));
  if (!hit) return '';
  return 'code' in hit ? `${hit.name} ${hit.code}` : hit.group;
}

const breadth = (hit: Hit): number => ('code' in hit ? -codePrefix(hit.code).length : 0);
