/** Turns what is known of an entry into a compact line and back; only this room reads it. */
import { EMPTY_SKETCH, readSketch, type Sketch, writeSketch } from './sketch.ts';
import { MINUTE_MS } from '../../text/time.ts';

/** What `decideStory` compares. */
export interface StoryEvidence {
  /** Epoch milliseconds, whole minutes; null where undated. */
  readonly published: number | null;
  /** Tag of the source id. */
  readonly source: string;
  /** Tag of the link; empty without one. */
  readonly link: string;
  /** Tag of the whole text; empty where the text is too short to tell. */
  readonly content: string;
  /** Plain headline; empty without one. */
  readonly title: string;
  /** Where the headline's clauses end, ascending; none where it is one clause. */
  readonly clauses: readonly number[];
  /** 上, 中, 下 …: which part of a serial the headline says it is; empty where it says none. */
  readonly part: string;
  /** Plain length of the text. */
  readonly length: number;
  /** Shingles of the text. */
  readonly body: Sketch;
  /** Shingles of its beginning. */
  readonly lead: Sketch;
  /** Its numbers with what they count, dates left out. */
  readonly numbers: Sketch;
  /** Days of the month it names, bit n for day n. */
  readonly days: number;
}

const VERSION = 'e1';

export function writeEvidence(evidence: StoryEvidence): string {
  return [
    VERSION,
    evidence.published === null ? '' : Math.floor(evidence.published / MINUTE_MS).toString(36),
    evidence.source,
    evidence.link,
    evidence.content,
    evidence.part,
    evidence.length.toString(36),
    evidence.days.toString(36),
    writeSketch(evidence.body),
    writeSketch(evidence.lead),
    writeSketch(evidence.numbers),
    evidence.title,
    ...(evidence.clauses.length === 0 ? [] : [evidence.clauses.map((end) => end.toString(36)).join('.')]),
  ].join(' ');
}

/** Lines whose evidence is kept at hand, of some two KB each: entries that come together have many candidates in common. */
const MOST_RECALLED = 2048;
const recalled = new Map<string, StoryEvidence | null>();

/** As `readEvidence`, of a line that may be asked for again soon. */
export function recallEvidence(line: string): StoryEvidence | null {
  const known = recalled.get(line);
  if (known !== undefined) return known;
  const evidence = readEvidence(line);
  if (recalled.size >= MOST_RECALLED) recalled.clear();
  recalled.set(line, evidence);
  return evidence;
}

/** Null where the line is of another version or no evidence at all: such an entry matches nothing. */
export function readEvidence(line: string): StoryEvidence | null {
  const [version, published, source, link, content, part, length, days, body, lead, numbers, title, clauses] =
    line.split(' ');
  if (version !== VERSION || title === undefined) return null;
  const [bodyOf, leadOf, numbersOf] = [lateSketch(body), lateSketch(lead), lateSketch(numbers)];
  return {
    published: published === undefined || published === '' ? null : Number.parseInt(published, 36) * MINUTE_MS,
    source: source ?? '',
    link: link ?? '',
    content: content ?? '',
    part: part ?? '',
    length: Number.parseInt(length ?? '', 36) || 0,
    days: Number.parseInt(days ?? '', 36) || 0,
    get body() {
      return bodyOf();
    },
    get lead() {
      return leadOf();
    },
    get numbers() {
      return numbersOf();
    },
    title,
    clauses: clauses === undefined ? [] : clauses.split('.').map((end) => Number.parseInt(end, 36)),
  };
}

/** A sketch that is decoded when it is first asked for: most candidates are told apart by their headlines. */
function lateSketch(text: string | undefined): () => Sketch {
  let sketch: Sketch | null = null;
  return () => (sketch ??= text === undefined ? EMPTY_SKETCH : readSketch(text));
}
