/** Holds what `npm run sensitivity` wrote against the tables of today: no number is missing, stale or without effect. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { movesOf, NUMBERS } from '../../eval/numbers.ts';
import type { Written } from '../../eval/report.ts';
import { SETS } from '../../eval/sets.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const written = JSON.parse(read('eval/sensitivity.json')) as Written;
const page = read('docs/numbers.md').split('\n');
const sets = SETS.map(({ name }) => name);

describe('eval/sensitivity.json and docs/numbers.md', () => {
  it('hold the numbers of the tables, no more and no fewer', () => {
    const names = NUMBERS.map(({ name }) => name);
    expect(Object.keys(written)).toEqual(names);
    const rows = page.flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? []);
    expect(rows).toEqual(names);
  });

  it('name every labelled set', () => {
    const scores = page.flatMap((line) => /^- ([^:]+): \d+ answers/.exec(line)?.[1] ?? []);
    expect(scores).toEqual(sets);
  });

  describe.each(NUMBERS)('$name', ({ name, deciding }) => {
    it('is measured with the value, the reason and the moves of today', () => {
      const { value, why } = deciding;
      const { value: measured, down, up } = written[name] ?? {};
      expect({ value: measured, moves: [down?.value, up?.value] }).toEqual({ value, moves: movesOf(deciding) });
      expect(page.filter((line) => line.startsWith(`| \`${name}\` | ${value} | ${why} |`))).toHaveLength(1);
    });

    it('changes an answer of a labelled set when it is moved', () => {
      const noticed = [written[name]?.down, written[name]?.up].flatMap((move) => Object.keys(move?.noticed ?? {}));
      expect(noticed).not.toEqual([]);
      expect(noticed.filter((set) => !sets.includes(set))).toEqual([]);
    });

    it('has a reason', () => {
      expect(deciding.why).toMatch(/^\S.{19,}\.$/);
    });
  });
});
