/** Fills the day into addresses such as https://paper.example/{YYYYMM}/{DD}/node_01.html, of which each day has another. */
import type { FetchResult } from '../model/fetch.ts';
import { DAY_MS } from '../text/time.ts';

const PLACEHOLDER = /\{(YYYYMMDD|YYYYMM|YYYY|MM|DD)\}/g;

export const isDated = (url: string): boolean => url.search(PLACEHOLDER) >= 0;

/** YYYY-MM-DD in an IANA zone. */
const dayIn = (timezone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(at);

function fill(url: string, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const parts: Readonly<Record<string, string>> = { YYYY: year, MM: month, DD: date };
  return url.replaceAll(PLACEHOLDER, (_, name: string) =>
    name.replaceAll(/YYYY|MM|DD/g, (part) => parts[part] ?? part),
  );
}

/** The address of today, in the source's zone, and that of yesterday; an address without placeholders is that of both. */
export function datedAddresses(
  url: string,
  timezone: string,
  now: number,
): { readonly today: string; readonly yesterday: string } {
  // To write a day in a zone costs more than all else that is reckoned for a poll.
  if (!isDated(url)) return { today: url, yesterday: url };
  return { today: fill(url, dayIn(timezone, now)), yesterday: fill(url, dayIn(timezone, now - DAY_MS)) };
}

const isMissing = (result: FetchResult): boolean => result.outcome === 'gone' || result.status === 404;

/** Asks for today's address, and for yesterday's where today's is not there yet. `asked`: what `fetched` answers. */
export async function askDated(
  url: string,
  { timezone, now }: { readonly timezone: string; readonly now: number },
  ask: (url: string) => Promise<FetchResult>,
): Promise<{ readonly asked: string; readonly fetched: FetchResult }> {
  const { today, yesterday } = datedAddresses(url, timezone, now);
  const fetched = await ask(today);
  if (today === yesterday || !isMissing(fetched)) return { asked: today, fetched };
  return { asked: yesterday, fetched: await ask(yesterday) };
}
