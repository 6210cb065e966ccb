import { describe, expect, it } from 'vitest';
import type { DayCoverage } from '../../src/model/decision.ts';
import { findSilences } from '../../src/sources/silence.ts';
import { DELTA } from '../support/configs.ts';

/** One digit a day, oldest first, today last. */
const days = (rows: Readonly<Record<string, string>>): DayCoverage[] =>
  Array.from({ length: Math.max(...Object.values(rows).map((row) => row.length)) }, (_, i) => ({
    day: `d${i}`,
    counts: new Map(
      Object.entries(rows).flatMap(([code, row]): [string, number][] =>
        row[i] === undefined || row[i] === '0' ? [] : [[code, Number(row[i])]],
      ),
    ),
  }));
const silent = (rows: Readonly<Record<string, string>>) =>
  findSilences(days(rows), DELTA).map(({ code, days: count }) => `${code} ${count}`);

describe('findSilences', () => {
  it.each([
    ['a city that goes on', { '340100': '333333333' }, []],
    ['a city with nothing yet today', { '340100': '333333330' }, []],
    ['a city silent for one day', { '340100': '333333300' }, []],
    ['a city and its province silent for three', { '340100': '333330000' }, ['340000 3', '340100 3']],
    ['a city that came back today', { '340100': '333330001' }, []],
    ['a city whose province goes on', { '340100': '333330000', '340200': '111111111' }, ['340100 3']],
    ['a city of which only a county was in the news', { '340104': '444440000', '340200': '111111111' }, ['340100 3']],
    ['a city that often pauses for days', { '340600': '200030004000300' }, []],
    ['a city of little news', { '340600': '1000100100010000', '340100': '1111111111111111' }, []],
    ['a city known for three days', { '340100': '9990000' }, []],
    ['a municipality, not its districts', { '310115': '555550000' }, ['310000 3']],
    ['places elsewhere', { '110000': '555550000', '420100': '555550000' }, []],
    ['nothing at all', { '340100': '000000000' }, []],
  ])('%s', (_name, rows, found) => {
    expect(silent(rows)).toEqual(found);
  });

  it('says since when, and what was usual', () => {
    const [first] = findSilences(days({ '340100': '246330000' }), DELTA);
    expect(first).toEqual({ code: '340000', days: 3, usual: 3.6, last: 'd4' });
  });
});
