/** How often a feed that changes is rendered, by the times that renderings take. */
import { expect, it } from 'vitest';
import { type Making, makingOf, paceOf } from '../../src/web/http/renderpace.ts';

/** Renders a feed that is outdated from each of these moments on, asked for every 10 ms; gives when renderings were ready. */
function renderedAt(changes: readonly number[], tookMs: number, untilMs: number): readonly number[] {
  let last: Making = makingOf(null, 0, tookMs);
  let seen = 0;
  const ready: number[] = [];
  for (let now = 0; now < untilMs; now += 10) {
    const known = changes.filter((at) => at <= now).length;
    if (known === seen || paceOf(last, now) === 'rest') continue;
    seen = known;
    now += tookMs;
    last = makingOf(last, now, tookMs);
    ready.push(now);
  }
  return ready;
}

const every = (ms: number, count: number) => Array.from({ length: count }, (_, i) => 1_000 + i * ms);

it('shows news that comes a few times a second at once', () => {
  const changes = every(300, 50);
  expect(renderedAt(changes, 30, 20_000)).toEqual(changes.map((at) => at + 30));
});

it('takes a sixth of the time for a feed that changes without end', () => {
  const ready = renderedAt(every(10, 2_000), 50, 20_000);
  // Beside what was saved before: a second of rest, which is four renderings.
  expect(ready.length * 50).toBeLessThanOrEqual(20_000 / 6 + 250);
  expect(ready.length * 50).toBeGreaterThan((20_000 / 6) * 0.8);
});

it('keeps readers waiting once the last rendering is older than twice its rest, or two seconds', () => {
  expect(paceOf(makingOf(null, 0, 20), 199)).toBe('renew');
  expect(paceOf(makingOf(null, 0, 20), 200)).toBe('wait');
  expect(paceOf(makingOf(null, 0, 900), 999)).toBe('rest');
  expect(paceOf(makingOf(null, 0, 900), 1_999)).toBe('renew');
  expect(paceOf(makingOf(null, 0, 900), 2_000)).toBe('wait');
});
