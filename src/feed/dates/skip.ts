/** Reads at which hours and days, in UTC, a feed asks not to be polled (RSS 2.0 skipHours, skipDays). */
import type { SkipTimes } from '../../model/feed.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Longer than 24 hours written with much white space. */
const MAX_LENGTH = 4_000;

/** Null where the feed asks for nothing. Hours are 0–23; 24, which old feeds write for midnight, is 0. */
export function readSkipTimes(xml: string): SkipTimes | null {
  const hours = valuesOf(xml, 'skipHours', HOUR).flatMap((text) => {
    const hour = /^\d{1,2}$/.test(text) ? Number(text) : -1;
    return hour >= 0 && hour <= 24 ? [hour % 24] : [];
  });
  const days = valuesOf(xml, 'skipDays', DAY).flatMap((text) => {
    const day = DAYS.indexOf(text.toLowerCase());
    return day < 0 ? [] : [day];
  });
  if (hours.length === 0 && days.length === 0) return null;
  return { hours: [...new Set(hours)], days: [...new Set(days)] };
}

const HOUR = /<hour\b[^<>]*>([^<]{0,60})<\/hour/gi;
const DAY = /<day\b[^<>]*>([^<]{0,60})<\/day/gi;

function valuesOf(xml: string, list: string, item: RegExp): string[] {
  const start = xml.indexOf(`<${list}`);
  if (start < 0) return [];
  const part = xml.slice(start, start + MAX_LENGTH);
  const end = part.indexOf(`</${list}`);
  if (end < 0) return [];
  return [...part.slice(0, end).matchAll(item)].map(([, text = '']) => text.trim());
}
