/** Draws figures small: sparklines, bars, shares. */
import type { DayFigures, Totals } from '../../model/decision.ts';
import type { Say } from './words/site.ts';

const BAR = 7;
const GAP = 3;
const HEIGHT = 26;

/** One bar a day: entries upwards, days with failed polls marked underneath. */
export function Sparkline({ days, say }: { days: readonly DayFigures[]; say: Say }) {
  const counts = days.map((day) => day.kept + day.merged + day.dropped);
  const most = Math.max(1, ...counts);
  const entries = counts.reduce((sum, count) => sum + count, 0);
  const failures = days.reduce((sum, day) => sum + day.failures, 0);
  const label = say('weekLabel', { days: days.length, entries, failures });
  const width = days.length * (BAR + GAP) - GAP;
  return (
    <svg
      class="sparkline"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {days.map((day, i) => {
        const count = counts[i] ?? 0;
        const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * (HEIGHT - 6)));
        const x = i * (BAR + GAP);
        return (
          <g key={day.day}>
            <rect
              class={count === 0 ? 'none' : 'some'}
              x={x}
              y={HEIGHT - 5 - height}
              width={BAR}
              height={height}
              rx="1"
            />
            {day.failures > 0 ? <rect class="bad" x={x} y={HEIGHT - 3} width={BAR} height="3" rx="1" /> : null}
          </g>
        );
      })}
    </svg>
  );
}

/** How the decisions divide, as one bar. */
export function ShareBar({ kept, merged, dropped, say }: Pick<Totals, 'kept' | 'merged' | 'dropped'> & { say: Say }) {
  const sum = kept + merged + dropped;
  const parts = [
    ['kept', kept],
    ['merged', merged],
    ['dropped', dropped],
  ] as const;
  const label = parts.map(([name, count]) => `${say(name)} ${count}`).join(say('comma'));
  let x = 0;
  return (
    <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="none" width="100" height="6" />
      {parts.map(([name, count]) => {
        const width = sum === 0 ? 0 : (count / sum) * 100;
        const left = x;
        x += width;
        return width === 0 ? null : <rect class={name} x={left} width={width} height="6" key={name} />;
      })}
    </svg>
  );
}

/** A bar of `long` with `short` drawn over it, both as shares of `most`. */
export function TwoBar({ long, short, most, label }: { long: number; short: number; most: number; label: string }) {
  const share = (count: number) => (count === 0 ? 0 : Math.max(0.8, (count / most) * 100));
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="none" width="100" height="10" />
      <rect class="long" width={share(long)} height="10" />
      <rect class="short" width={share(short)} height="10" />
    </svg>
  );
}
