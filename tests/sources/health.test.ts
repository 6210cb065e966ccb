import { describe, expect, it } from 'vitest';
import { alertState, silenceOf, sourceHealth } from '../../src/sources/health.ts';
import { N } from '../../src/sources/numbers.ts';
import type { AlertState, Rhythm, SourceState } from '../../src/model/source.ts';
import { emptyState } from '../../src/store/sources/state.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 3, 16);
const rhythm = (gapDays: number | null, longestGapDays = gapDays): Rhythm => ({
  at: NOW,
  days: 10,
  quarters: [],
  weekdays: [0, 0, 0, 0, 0, 0, 0],
  lastDay: null,
  gapDays,
  longestGapDays,
});
const fine: SourceState = { ...emptyState('a'), lastPollAt: NOW, newestEntryAt: NOW };

describe('silenceOf', () => {
  it.each([
    ['a daily', rhythm(1), 4],
    ['a weekly', rhythm(7), 28],
    ['a daily with a holiday of ten days', rhythm(1.2, 10), 15],
    ['a yearly: bounded', rhythm(365), 60],
  ])('%s', (_name, known, days) => {
    expect(silenceOf(known)).toBeCloseTo(days * DAY, -3);
  });
  it('is not known before the first pause', () => {
    expect(silenceOf(rhythm(null))).toBeNull();
    expect(silenceOf(null)).toBeNull();
  });
});

describe('sourceHealth by rhythm', () => {
  it.each([
    ['a daily, five days old', { rhythm: rhythm(1), newestEntryAt: NOW - 5 * DAY }, null, 'stale'],
    ['a daily, three days old', { rhythm: rhythm(1), newestEntryAt: NOW - 3 * DAY }, null, 'quiet'],
    ['a weekly, ten days old', { rhythm: rhythm(7), newestEntryAt: NOW - 10 * DAY }, null, 'quiet'],
    ['a weekly, thirty days old', { rhythm: rhythm(7), newestEntryAt: NOW - 30 * DAY }, null, 'stale'],
    ['the operator knows better', { rhythm: rhythm(7), newestEntryAt: NOW - 10 * DAY }, 9 * DAY, 'stale'],
    ['undated, with something new yesterday', { newestEntryAt: null, freshAt: NOW - DAY }, null, 'healthy'],
    ['undated and frozen', { newestEntryAt: null, freshAt: NOW - 9 * DAY }, null, 'stale'],
    ['a date to come, and frozen', { newestEntryAt: NOW + 9 * DAY, freshAt: NOW - 9 * DAY }, null, 'stale'],
    ['nothing known', { newestEntryAt: null, freshAt: null }, null, 'healthy'],
  ] as const)('%s', (_name, over, staleAfterMs, health) => {
    expect(sourceHealth({ ...fine, ...over }, staleAfterMs, NOW)).toBe(health);
  });
});

describe('alertState', () => {
  const many = N.health.troubles;
  it.each([
    ['well', {}, 'healthy'],
    ['a first failure', { failures: 1, troubled: 1 }, 'healthy'],
    ['an outage', { failures: many, troubled: many }, 'failing'],
    ['a first failure of what was stale', { failures: 1, troubled: 1, told: 'stale' }, 'stale'],
    ['a login page that stays', { failures: many, troubled: many, changed: true }, 'changed'],
    ['a login page on what fails already', { failures: 9, troubled: 9, changed: true, told: 'failing' }, 'failing'],
    ['410, at once', { gone: true, failures: 1, troubled: 1 }, 'gone'],
    ['quiet is well', { newestEntryAt: NOW - 3 * DAY }, 'healthy'],
    ['stale', { newestEntryAt: NOW - 30 * DAY }, 'stale'],
    ['back', { told: 'failing' }, 'healthy'],
    ['not polled yet', { lastPollAt: null, told: 'stale' }, 'stale'],
  ] as [string, Partial<SourceState>, AlertState][])('%s', (_name, over, told) => {
    expect(alertState({ ...fine, ...over }, null, NOW)).toBe(told);
  });
});
