/** Draws a title with the words in it that were searched for, or that a rule matched. */
import type { LedgerRow } from '../../model/decision.ts';
import { hasCode } from '../../reasons/catalogue.ts';
import { wholeWordAt } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';

/** Quoted parts of a rule as `describeRule` writes it; patterns between slashes are none. */
const QUOTED = /"((?!\/)[^"]*)"/g;

export function MatchedTitle({ row, searched }: { row: LedgerRow; searched: string }) {
  const title = row.title || row.entry;
  const spans = wordsOf(row, searched).flatMap((word) => spanOf(title, word) ?? []);
  const [first] = spans.toSorted((a, b) => a.from - b.from);
  if (first === undefined) return <>{title}</>;
  return (
    <>
      {title.slice(0, first.from)}
      <mark>{title.slice(first.from, first.to)}</mark>
      {title.slice(first.to)}
    </>
  );
}

function wordsOf({ reason }: LedgerRow, searched: string): string[] {
  const ofRules = ['source.drop', 'source.keep', 'edition.drop', 'edition.keep'] as const;
  const isByRule = typeof reason !== 'string' && ofRules.some((code) => hasCode(reason, code));
  const rule = isByRule ? reason.params?.['rule'] : '';
  const matched = typeof rule === 'string' ? Array.from(rule.matchAll(QUOTED), ([, word = '']) => word) : [];
  return [searched, ...matched].filter((word) => word !== '');
}

/** Folding keeps the places of characters. A search finds parts of words as well. */
function spanOf(title: string, word: string): { readonly from: number; readonly to: number } | null {
  const [text, sought] = [fold(title), fold(word.trim())];
  const from = wholeWordAt(text, sought) ?? text.indexOf(sought);
  return from < 0 ? null : { from, to: from + sought.length };
}
