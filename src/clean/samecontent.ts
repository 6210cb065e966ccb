/** Compares what an entry says with what it said before. */
import type { Entry } from '../model/entry.ts';
import { steadyAddress, steadyText } from '../text/steady.ts';

const PICTURE = /\bsrc="([^"]{0,2048})"/g;

function picturesOf({ content, image, enclosures }: Entry): string {
  const shown = [...content.matchAll(PICTURE)].map(([, address = '']) => address);
  return [...shown, image ?? '', ...enclosures.map(({ url }) => url)]
    .map((address) => steadyAddress(address, false))
    .join('\n');
}

/**
 * Whether readers of `now` see what they saw of `before`: title, text, link and pictures, but for counters, ages and
 * tokens. Dates are no content: the first one stays.
 */
export function saysTheSame(before: Entry, now: Entry): boolean {
  return (
    steadyText(before.title) === steadyText(now.title) &&
    steadyText(before.text) === steadyText(now.text) &&
    steadyText(before.summary) === steadyText(now.summary) &&
    steadyAddress(before.link, true) === steadyAddress(now.link, true) &&
    picturesOf(before) === picturesOf(now)
  );
}
