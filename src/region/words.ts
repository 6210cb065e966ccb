/** Turns weighed evidence into a sentence for people. */
import type { Evidence, TextField } from '../types.ts';
import type { Weighed } from './relevance.ts';

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

/** `合肥 in the dateline +3.0, 安徽 in the title +2.5 → 合肥市 340100; threshold 2.0` */
export function explain({ score, hits, themes, evidence, against, rivals }: Weighed, threshold: number): string {
  const bound = `threshold ${threshold.toFixed(1)}`;
  if (evidence.length === 0) {
    return rivals.length === 0
      ? `no place or theme of the edition is named; ${bound}`
      : `only places elsewhere are named: ${rivals.slice(0, MAX_PIECES).join(', ')}; ${bound}`;
  }
  const [best] = hits;
  const target = best ? `${best.name} ${best.code}` : (themes[0] ?? '');
  const pieces = evidence.slice(0, MAX_PIECES).map((piece) => sign(piece, '+'));
  const counter = against.slice(0, MAX_PIECES).map((piece) => sign(piece, '−'));
  const contrary = counter.length > 0 ? `; against it ${counter.join(', ')}` : '';
  return `${pieces.join(', ')} → ${target}${contrary}; score ${score.toFixed(1)}, ${bound}`;
}

function sign({ term, field, weight }: Evidence, mark: string): string {
  return `${term} ${FIELDS[field]} ${mark}${weight.toFixed(1)}`;
}
