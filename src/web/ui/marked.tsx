/** Draws a text with the words in it that were searched for. */
import { Fragment } from 'preact';
import { wholeWordAt } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Every place of every word, in order; where two overlap, the first and longest. Script, case and width do not count. */
export function markedSpans(text: string, words: readonly string[]): readonly Span[] {
  // Folding keeps the places of characters.
  const folded = fold(text);
  const spans = words.flatMap((word) => placesOf(folded, fold(word.trim())));
  spans.sort((a, b) => a.from - b.from || b.to - a.to);
  const chosen: Span[] = [];
  for (const span of spans) if (span.from >= (chosen.at(-1)?.to ?? 0)) chosen.push(span);
  return chosen;
}

function placesOf(text: string, word: string): Span[] {
  const spans: Span[] = [];
  for (let start = 0; ;) {
    const at = wholeWordAt(text.slice(start), word);
    if (at === null) return spans;
    spans.push({ from: start + at, to: start + at + word.length });
    start += at + word.length;
  }
}

export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const spans = markedSpans(text, words);
  if (spans.length === 0) return <>{text}</>;
  return (
    <>
      {spans.map(({ from, to }, i) => (
        <Fragment key={from}>
          {text.slice(spans[i - 1]?.to ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(spans.at(-1)?.to)}
    </>
  );
}

/** Characters before a match that show in what it stands. */
const BEFORE = 12;

/** So many characters of `text`, from its beginning or from a little before the first of the words. */
export function excerptAround(text: string, words: readonly string[], characters: number): string {
  const from = markedSpans(text, words)[0]?.from ?? 0;
  const start = from < characters ? 0 : from - BEFORE;
  const cut = Array.from(text.slice(start)).slice(0, characters).join('').trim();
  return `${start > 0 ? '…' : ''}${cut}${start + cut.length < text.trimEnd().length ? '…' : ''}`;
}
