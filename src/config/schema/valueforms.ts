/** Checks the form of texts in the config: ids, cron, zones, charsets, durations. */
import iconv from 'iconv-lite';
import ipaddr from 'ipaddr.js';
import { validateDetailed } from 'node-cron';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { nearest } from '../../text/near.ts';
import { show } from '../yaml/show.ts';

/** A check of one text: the fault, or null where it is fine. */
export type FormCheck = (value: string) => Reason | null;

export const ID_PATTERN = /^[a-z0-9][a-z0-9._-]*$/;
const MAX_ID = 64;

export const idProblem: FormCheck = (value) => {
  if (value.length > MAX_ID)
    return reason('config.id.too-long', { value: show(value), length: value.length, most: MAX_ID });
  if (ID_PATTERN.test(value)) return null;
  const slug = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|(?<!-)-+$/g, '');
  const example = ID_PATTERN.test(slug) ? slug : 'hefei-ribao';
  return reason('config.id.form', { value: show(value), example });
};

const CRON_FIELDS: Readonly<Record<string, Reason>> = {
  second: reason('config.schedule.second'),
  minute: reason('config.schedule.minute'),
  hour: reason('config.schedule.hour'),
  dayOfMonth: reason('config.schedule.day-of-month'),
  month: reason('config.schedule.month'),
  dayOfWeek: reason('config.schedule.day-of-week'),
};

export const cronProblem: FormCheck = (value) => {
  if (value === 'auto') return null;
  const every = /^(?:every\s+|每)?(\d+)\s*(m|min|minutes?|分钟|h|hours?|小时)$/i.exec(value.trim());
  if (every !== null) {
    const [, count, unit] = every;
    const cron = /^[h小]/i.test(unit ?? '') ? `0 */${count} * * *` : `*/${count} * * * *`;
    return reason('config.schedule.interval', { value: show(value), cron });
  }
  const found = validateDetailed(value);
  if (found.valid) return null;
  const wrong = found.errors.map((error) => {
    const field = CRON_FIELDS[error.field];
    if (field !== undefined) return reason('config.schedule.field', { value: show(error.value ?? ''), field });
    const count = value.trim() === '' ? 0 : value.trim().split(/\s+/).length;
    if (count === 5 || count === 6) return reason('config.schedule.characters');
    return reason('config.schedule.fields', { fields: count });
  });
  const near = nearest(value, ['auto']);
  return near === null
    ? reason('config.schedule.wrong', { value: show(value), wrong })
    : reason('config.schedule.near', { value: show(value), near });
};

const knownZones = new Map<string, boolean>();

function isZone(value: string): boolean {
  let known = knownZones.get(value);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
    } catch {
      known = false;
    }
    knownZones.set(value, known);
  }
  return known;
}

export const zoneProblem: FormCheck = (value) => {
  // IANA keeps CST for Chicago; in a Chinese file it is meant as China Standard Time.
  if (value.toUpperCase() === 'CST') return reason('config.zone.cst');
  if (!/^[+-]/.test(value) && isZone(value)) return null;
  const chinese = /^(?:(?:gmt|utc)?\+0?8(?::?00)?|asia\/beijing|beijing|china)$/i.test(value.trim());
  const near = nearest(value, ['UTC', ...Intl.supportedValuesOf('timeZone')]) ?? (chinese ? 'Asia/Shanghai' : null);
  return near === null
    ? reason('config.zone.none', { value: show(value) })
    : reason('config.zone.near', { value: show(value), near });
};

const COMMON_CHARSETS = ['utf-8', 'gb18030', 'gbk', 'gb2312', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'];
// Codecs of iconv-lite that name no charset of a document.
const NO_CHARSETS = new Set(['base64', 'hex', 'binary', 'ucs2internal']);

export const charsetProblem: FormCheck = (value) => {
  const label = value.trim().toLowerCase();
  if (label !== '' && !NO_CHARSETS.has(label)) {
    if (iconv.encodingExists(label)) return null;
    try {
      void new TextDecoder(label);
      return null;
    } catch {
      // Unknown to both: the fault below.
    }
  }
  const near = nearest(value, COMMON_CHARSETS);
  return near === null
    ? reason('config.charset.none', { value: show(value), known: COMMON_CHARSETS.slice(0, 5) })
    : reason('config.charset.near', { value: show(value), near });
};

const DURATION = /^(\d+(?:\.\d+)?)\s*([wdhm])$/;
const UNIT_MS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 };

/** `7d`, `36h`, `90m`, `2w` in milliseconds; null for anything else and for nothing at all. */
export function parseDuration(value: string): number | null {
  const match = DURATION.exec(value.trim());
  const unitMs = UNIT_MS[match?.[2] ?? ''];
  if (match === null || unitMs === undefined) return null;
  const ms = Math.round(Number(match[1]) * unitMs);
  return ms > 0 && ms <= 100 * 365 * 86_400_000 ? ms : null;
}

export const durationProblem: FormCheck = (value) =>
  parseDuration(value) === null ? reason('config.duration.none', { value: show(value) }) : null;

/** Minutes after midnight of a time of day, `07:30`; null where it is none. */
export function parseClock(value: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(value.trim()) ?? [];
  return hours === undefined ? null : 60 * Number(hours) + Number(minutes);
}

export const clockProblem: FormCheck = (value) =>
  parseClock(value) === null ? reason('config.clock.none', { value: show(value) }) : null;

export const cidrProblem: FormCheck = (value) => {
  if (ipaddr.isValidCIDR(value)) {
    const whole = value.includes(':') || ipaddr.IPv4.isValidCIDRFourPartDecimal(value);
    return whole ? null : reason('config.cidr.short', { value: show(value) });
  }
  if (ipaddr.isValid(value) && (value.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(value))) {
    const bits = value.includes(':') ? 128 : 32;
    return reason('config.cidr.address', { value: show(value), block: `${value}/${bits}` });
  }
  return reason('config.cidr.none', { value: show(value) });
};
