import { expect, it } from 'vitest';
import { scoreOf } from '../../eval/outcome.ts';
import { SETS } from '../../eval/sets.ts';

/** Set → least precision and recall, a little below what is reached. */
const FLOORS: Readonly<Record<string, readonly [number, number]>> = {
  'region headlines': [0.98, 0.955],
  'places of headlines': [1, 0.96],
  'region summaries': [0.975, 0.98],
  'places of summaries': [1, 0.975],
  'region fields': [0.915, 0.94],
  'places of fields': [1, 1],
  'stories made': [0.98, 0.91],
  'stories long': [1, 0.62],
  'stories titles': [0.9, 0.9],
  'stories headlines': [0.97, 0.83],
  'stories crowds': [1, 0.7],
  'stories related': [1, 0.97],
  lead: [1, 1],
  pages: [1, 1],
  'texts made': [1, 1],
  'fields made': [1, 0.91],
  addresses: [0.78, 0.82],
  'news of pages': [0.91, 0.8],
  'kinds of pages': [0.94, 0.82],
  polls: [1, 0.92],
  pauses: [1, 1],
  stamps: [1, 1],
  outages: [1, 1],
  'sources asked together': [1, 1],
  states: [1, 1],
  'silent places': [1, 0.97],
};

it.each(SETS)('$name reaches its floors', ({ name, run }) => {
  const { outcomes } = run();
  const { precision, recall } = scoreOf(outcomes);
  const [leastPrecision, leastRecall] = FLOORS[name] ?? [1, 1];
  const misses = outcomes
    .filter(({ want, got }) => want !== got)
    .map(({ item, want }) => `${want ? 'missed' : 'wrong'}: ${item}`);
  const low = precision < leastPrecision || recall < leastRecall;
  expect(low ? [`precision ${precision}, recall ${recall}`, ...misses] : []).toEqual([]);
});
