import { describe, expect, it } from 'vitest';
import { learnRhythm } from '../../src/sources/rhythm.ts';
import { admit, type Offered, quotasOf, usualOn } from '../../src/sources/quotas.ts';
import type { Quotas } from '../../src/model/source.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 10, 4);
const quotas: Quotas = { newPerPoll: 500, newPerDay: 3000, entries: 10_000, bytes: 1 << 26 };
const NONE = { new: 0, changed: 0, known: new Set<string>() };

const offer = (count: number, kind: Offered['kind'] = 'new', name: string = kind): Offered[] =>
  Array.from({ length: count }, (_, i) => ({ mark: `${name}${i}`, kind }));

function taken(
  offered: readonly Offered[],
  over: Partial<Parameters<typeof admit>[2]> = {},
  today: Parameters<typeof admit>[1] = NONE,
) {
  const { taken: marks, held } = admit(offered, today, { quotas, usual: null, own: false, ...over });
  return { taken: marks.size, held: held?.items ?? 0, why: held?.why.code };
}

describe('admit', () => {
  it.each([
    ['all of little', offer(500), {}, NONE, { taken: 500, held: 0, why: undefined }],
    ['so many of one poll', offer(5000), {}, NONE, { taken: 500, held: 4500, why: 'quota.poll' }],
    ['what is left of the day', offer(400), {}, { ...NONE, new: 2900 }, { taken: 100, held: 300, why: 'quota.day' }],
    ['nothing once the day is full', offer(9), {}, { ...NONE, new: 3000 }, { taken: 0, held: 9, why: 'quota.day' }],
    [
      'new ones although changed ones filled the day',
      offer(9),
      {},
      { ...NONE, changed: 3000 },
      { taken: 9, held: 0, why: undefined },
    ],
    [
      'as many changed ones as new ones',
      [...offer(600), ...offer(600, 'changed')],
      {},
      NONE,
      { taken: 1000, held: 200, why: 'quota.poll' },
    ],
    ['what usually comes, many times over', offer(450), { usual: 50 }, NONE, { taken: 450, held: 0, why: undefined }],
    [
      'no flood of a source with little news',
      offer(450),
      { usual: 1 },
      NONE,
      { taken: 200, held: 250, why: 'quota.surge' },
    ],
    [
      'no flood over several polls',
      offer(450),
      { usual: 50 },
      { ...NONE, new: 300 },
      { taken: 200, held: 250, why: 'quota.surge' },
    ],
    [
      'changes as they come, of a source with little news',
      offer(450, 'changed'),
      { usual: 1 },
      { ...NONE, changed: 300 },
      { taken: 450, held: 0, why: undefined },
    ],
    [
      'what the operator wrote for this source',
      offer(450),
      { usual: 1, own: true },
      NONE,
      { taken: 450, held: 0, why: undefined },
    ],
  ] as const)('takes %s', (_, offered, over, today, wanted) => {
    expect(taken(offered, over, today)).toEqual(wanted);
  });

  it('takes the first of a document, and what was taken today already besides', () => {
    const known = new Set(['new7', 'new8']);
    const { taken: marks } = admit(
      offer(9),
      { ...NONE, new: 2, known },
      { quotas: { ...quotas, newPerPoll: 3 }, usual: null, own: false },
    );
    expect([...marks]).toEqual(['new0', 'new1', 'new2', 'new7', 'new8']);
  });
});

it('a source has its own quotas where it has some', () => {
  expect(quotasOf({ quotas: { newPerDay: 9, bytes: undefined } }, quotas)).toEqual({ ...quotas, newPerDay: 9 });
  expect(quotasOf({ quotas: null }, quotas)).toEqual(quotas);
  expect(quotasOf(undefined, quotas)).toEqual(quotas);
});

describe('what is usual', () => {
  const stamps = Array.from({ length: 140 }, (_, i) => NOW - (i / 10) * DAY_MS);
  const rhythm = learnRhythm(null, { stamps, unstamped: 0 }, null, NOW);
  const DAY = Math.floor((NOW + 8 * 3_600_000) / DAY_MS);

  it('is not known of a source that was never read', () => {
    expect(usualOn({ usual: null, rhythm: null }, NOW)).toEqual({ day: DAY, perDay: null });
  });

  it('is what the source brought until the day began', () => {
    expect(usualOn({ usual: { day: DAY - 1, perDay: 3 }, rhythm }, NOW).perDay).toBeCloseTo(10, 0);
  });

  it.each([3, null])('stays so until the day ends: %s', (perDay) => {
    expect(usualOn({ usual: { day: DAY, perDay }, rhythm }, NOW)).toEqual({ day: DAY, perDay });
  });
});
