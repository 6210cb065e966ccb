/** Learns from a source's entries which of the blocks at their edges are the source's own: promotions, fixed footers, house notices. */
import { bare, fold } from '../../zh/script.ts';
import type { Cleaned } from '../../model/entry.ts';
import { readOpening } from '../../zh/opening.ts';
import { DAY_MS } from '../../text/time.ts';
import { T } from '../thresholds.ts';

/** What one source was seen to repeat. */
export interface Recurrences {
  /** Counts the edges of a cleaned item; one counted before changes nothing. */
  readonly note: (cleaned: Cleaned, now: number) => void;
  readonly isRecurring: (key: string) => boolean;
  /** A few kilobytes of text to begin from the next time. */
  readonly write: () => string;
}

/** Blocks remembered of one source, those met last; most are met once. */
const MOST_BLOCKS = 240;
/** Ideographs of a title's head, its end, and of the text's opening. */
const HEAD = 4;
const OPENING = 6;

/**
 * Days, heads of titles, their ends, openings of texts, each as far as it still counts. A bulletin that closes with the
 * same lines every day repeats one of the latter as well; a source's footer stands below titles and openings of all kinds.
 */
type Sighting = readonly Set<string>[];

/** Begins from what `write` gave, or from nothing. */
export function createRecurrences(written: string | null): Recurrences {
  const { days, entries } = T.recurring;
  const least = [days, entries, entries, entries];
  const blocks = new Map<string, Sighting>();
  for (const line of (written ?? '').split('\n')) {
    const [key, ...sets] = line.split(' ');
    if (key !== undefined && sets.length === least.length)
      blocks.set(
        key,
        sets.map((set) => new Set(set.split(','))),
      );
  }
  return {
    note({ entry, edges }, now) {
      if (edges.length === 0) return;
      const marks = [dayOf(entry.published ?? now), ...marksOf(entry.title, entry.text)];
      for (const key of edges) {
        const known = blocks.get(key) ?? least.map(() => new Set<string>());
        blocks.delete(key);
        blocks.set(key, known);
        known.forEach((set, at) => {
          if (set.size < (least[at] ?? 0)) set.add(marks[at] ?? '');
        });
      }
      while (blocks.size > MOST_BLOCKS) blocks.delete(blocks.keys().next().value ?? '');
    },
    isRecurring: (key) => blocks.get(key)?.every(({ size }, at) => size >= (least[at] ?? 0)) === true,
    write: () => [...blocks].map(([key, sets]) => [key, ...sets.map((set) => [...set].join(','))].join(' ')).join('\n'),
  };
}

function dayOf(at: number): string {
  return Math.floor(at / DAY_MS).toString(36);
}

function marksOf(title: string, text: string): readonly string[] {
  const headline = withoutDigits(title);
  const lines = text.slice(0, 2000).split('\n');
  // A line without a mark of punctuation may be a notice of the house itself.
  const first = (lines.find((line) => /[，。！？；：,;!?:]/.test(line)) ?? text).slice(0, 200);
  const opening = first.slice(readOpening(first)?.length ?? 0);
  return [headline.slice(0, HEAD), headline.slice(-HEAD), withoutDigits(opening).slice(0, OPENING)].map(shorten);
}

function withoutDigits(text: string): string {
  return bare(fold(text)).replace(/[\d一二三四五六七八九十]/g, '');
}

/** Two characters that stand for `text`: two texts that share them count as one, which only delays. */
function shorten(text: string): string {
  let hash = 7;
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 1291;
  return hash.toString(36).padStart(2, '0');
}
