/** Draws the words that were searched for, or that a rule matched, in a title, and in the text where the title has none. */
import type { LedgerRow } from '../../model/decision.ts';
import { hasCode } from '../../reasons/catalogue.ts';
import { wholeWordAt } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';

/** Quoted parts of a rule as `describeRule` writes it, with the field that each is for; patterns between slashes are none. */
const QUOTED = /(?:\b(\w+) )?"((?!\/)[^"]*)"/g;
/** Characters of a text that are shown on each side of a match. */
const AROUND = 24;

export function MatchedTitle({ row, searched }: { row: LedgerRow; searched: string }) {
  const title = titleOf(row);
  const span = spanInTitle(row, searched);
  return span === null ? <>{title}</> : <Marked text={title} span={span} />;
}

/** Whether a rule matched and its match is not in the title: its entry's text may show it. */
export function needsText(row: LedgerRow): boolean {
  return wordsOf(row, 'text').length > 0 && spanInTitle(row, '') === null;
}

/** The words around the match in an entry's text; nothing where it is not there either. */
export function MatchedText({ row, text }: { row: LedgerRow; text: string }) {
  const span = firstOf(text, wordsOf(row, 'text'));
  if (span === null) return null;
  const from = wholeAt(text, Math.max(0, span.from - AROUND));
  const to = wholeAt(text, Math.min(text.length, span.to + AROUND));
  const shown = { from: span.from - from, to: span.to - from };
  return (
    <p class="hint">
      {from > 0 ? '…' : null}
      <Marked text={text.slice(from, to)} span={shown} />
      {to < text.length ? '…' : null}
    </p>
  );
}

/** Not in the middle of a surrogate pair. */
function wholeAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function Marked({ text, span: { from, to } }: { text: string; span: Span }) {
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

const titleOf = ({ title, entry }: LedgerRow): string => title || entry;

function spanInTitle(row: LedgerRow, searched: string): Span | null {
  return firstOf(titleOf(row), [searched, ...wordsOf(row, 'title')]);
}

/** The plain words of the rule that decided, as far as they are looked for in titles or in texts. */
function wordsOf({ reason }: LedgerRow, place: 'title' | 'text'): string[] {
  const ofRules = ['source.drop', 'source.keep', 'edition.drop', 'edition.keep'] as const;
  const isByRule = typeof reason !== 'string' && ofRules.some((code) => hasCode(reason, code));
  const rule = isByRule ? reason.params?.['rule'] : '';
  if (typeof rule !== 'string') return [];
  return Array.from(rule.matchAll(QUOTED)).flatMap(([, field = place, word = '']) => (field === place ? [word] : []));
}

function firstOf(text: string, words: readonly string[]): Span | null {
  const spans = words.filter((word) => word !== '').flatMap((word) => spanOf(text, word) ?? []);
  return spans.toSorted((a, b) => a.from - b.from)[0] ?? null;
}

/** Folding keeps the places of characters. A search finds parts of words as well. */
function spanOf(text: string, word: string): Span | null {
  const [folded, sought] = [fold(text), fold(word.trim())];
  const from = wholeWordAt(folded, sought) ?? folded.indexOf(sought);
  return from < 0 ? null : { from, to: from + sought.length };
}
