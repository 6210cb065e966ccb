/** No regular expression of src/ does more than a bounded amount of work for each character, whatever text it is shown. */
import { analyse } from 'scslre';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyPattern, type Pattern } from './support/patterns.ts';
import { pumped, pumpsOf } from './support/pumps.ts';

/** Files that build patterns while they run, which loading them does not show, and why these are harmless. */
const BUILT_LATER = [
  // From the names of elements in a table of its own, with a class that ends at the tag.
  'publish/markedtext.ts',
];

/** Characters of a worst text: the square of it is seen at once. */
const LONG = 8192;
/** Exponents show in a few characters, and must be seen before they take hours. */
const LENGTHS = [20, 26, 32, 44, 64, 100, 160, 256, 1024, LONG];
/** What the measure is: a pattern that looks at 128 characters from each place. */
const MEASURE = /<[^>]{0,128}>/;
/** Times the measure: half a thousand steps for each character. A square costs thirty at this length. */
const MOST = 4;

let patterns: readonly Pattern[] = [];
let unseen: readonly string[] = [];

beforeAll(async () => {
  ({ patterns, unseen } = await everyPattern());
});

describe('regular expressions', () => {
  it('are all seen', () => {
    expect(patterns.length).toBeGreaterThan(600);
    expect(unseen).toEqual(BUILT_LATER);
    expect(patterns.filter(({ file }) => file === 'text/anyof.ts').length).toBeGreaterThan(2);
  });

  it('have no repetitions that take the same characters one after the other', () => {
    const faulty = patterns.flatMap(({ file, source, flags }) =>
      analyse({ source, flags }).reports.map((report) => `${file}: ${report.type} in /${source}/${flags}`),
    );
    expect(faulty).toEqual([]);
  });

  it('do a bounded amount of work for each character of the worst texts', () => {
    const unit = leastOf(MEASURE, '<'.repeat(LONG));
    const faulty = patterns.flatMap((pattern) => worstOf(pattern, unit));
    expect(faulty).toEqual([]);
  }, 300_000);

  it('would show', () => {
    const unit = leastOf(MEASURE, '<'.repeat(LONG));
    const faulty = [/\s+$/, /^(?:a+)+$/, /<[^>]{0,2000}>/, /^[^,]{1,9}(?:\s?[>→]\s?[^,>]{0,20}){2,}$/, /(?:ab|cd)*x/];
    for (const { source, flags } of faulty) expect(worstOf({ file: '', source, flags }, unit)).toHaveLength(1);
    const sound = [/a+b?/, /^[ab]*c$/, /(?<!\s)\s+$/, /<[^<>]{0,2000}>/];
    for (const { source, flags } of sound) expect(worstOf({ file: '', source, flags }, unit)).toEqual([]);
  });
});

/** The first text that costs too much, shown; none where all are cheap. */
function worstOf({ file, source, flags }: Pattern, unit: number): readonly string[] {
  const pattern = new RegExp(source, flags);
  for (const pump of pumpsOf(source, flags)) {
    for (const length of LENGTHS) {
      const text = pumped(pump, length);
      if (timeOf(pattern, text) <= MOST * unit) continue;
      // The machine may be slower than it was when the unit was measured.
      if (leastOf(pattern, text) > MOST * leastOf(MEASURE, '<'.repeat(LONG)))
        return [`${file}: /${source}/${flags} on ${length} characters like ${JSON.stringify(pump)}`];
    }
  }
  return [];
}

/** Collecting garbage makes a measurement longer, nothing makes it shorter. */
function leastOf(pattern: RegExp, text: string): number {
  return Math.min(...Array.from({ length: 5 }, () => timeOf(pattern, text)));
}

function timeOf(pattern: RegExp, text: string): number {
  const before = process.cpuUsage();
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
