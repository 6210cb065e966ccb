/** Checks the form of texts in the config: ids, cron, zones, charsets, durations. */
import iconv from 'iconv-lite';
import ipaddr from 'ipaddr.js';
import { validateDetailed } from 'node-cron';
import { didYouMean } from '../../text/near.ts';
import { show } from '../yaml/show.ts';

/** A check of one text: the whole message of the fault, or null where it is fine. */
export type FormCheck = (value: string) => string | null;

export const ID_PATTERN = /^[a-z0-9][a-z0-9._-]*$/;
const MAX_ID = 64;

export const idProblem: FormCheck = (value) => {
  if (value.length > MAX_ID) return `${show(value)} has ${value.length} characters; an id has at most ${MAX_ID}`;
  if (ID_PATTERN.test(value)) return null;
  const slug = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '');
  const example = ID_PATTERN.test(slug) ? slug : 'hefei-ribao';
  return `${show(value)} is no id: use lower-case letters, digits, \`.\`, \`_\` and \`-\`, beginning with a letter or digit, for example \`${example}\``;
};

const CRON_FIELDS: Readonly<Record<string, string>> = {
  second: 'second (0–59)',
  minute: 'minute (0–59)',
  hour: 'hour (0–23)',
  dayOfMonth: 'day of month (1–31 or L)',
  month: 'month (1–12 or jan–dec)',
  dayOfWeek: 'day of week (0–7 or sun–sat)',
};
const CRON_SHAPE = 'minute hour day-of-month month day-of-week';

export const cronProblem: FormCheck = (value) => {
  if (value === 'auto') return null;
  const every = /^(?:every\s+|每)?(\d+)\s*(m|min|minutes?|分钟|h|hours?|小时)$/i.exec(value.trim());
  if (every !== null) {
    const [, count, unit] = every;
    const cron = /^[h小]/i.test(unit ?? '') ? `0 */${count} * * *` : `*/${count} * * * *`;
    return `${show(value)} is no schedule: write \`auto\` or a cron expression, here \`"${cron}"\``;
  }
  const found = validateDetailed(value);
  if (found.valid) return null;
  const wrong = found.errors.map((error) => {
    const field = CRON_FIELDS[error.field];
    if (field !== undefined) return `${show(error.value ?? '')} does not fit the field ${field}`;
    const count = value.trim() === '' ? 0 : value.trim().split(/\s+/).length;
    if (count === 5 || count === 6) return 'it has characters that cron does not know';
    return `it has ${count} field${count === 1 ? '' : 's'}, a cron expression has 5 (or 6 with seconds first)`;
  });
  const near = didYouMean(value, ['auto']);
  if (near !== '') return `${show(value)} is no schedule${near}`;
  return `${show(value)} is no schedule: ${wrong.join('; ')} – write \`auto\` or \`${CRON_SHAPE}\`, for example \`"*/15 * * * *"\``;
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
  if (value.toUpperCase() === 'CST') return '`CST` is Chicago to IANA – did you mean `Asia/Shanghai`?';
  if (/^[+-]/.test(value) || !isZone(value)) {
    const near = didYouMean(value, ['UTC', ...Intl.supportedValuesOf('timeZone')]);
    const fallback = /^(?:(?:gmt|utc)?\+0?8(?::?00)?|asia\/beijing|beijing|china)$/i.test(value.trim());
    return `${show(value)} is no time zone${near || (fallback ? ' – did you mean `Asia/Shanghai`?' : '; expected an IANA name such as `Asia/Shanghai` or `UTC`')}`;
  }
  return null;
};

const COMMON_CHARSETS = ['utf-8', 'gb18030', 'gbk', 'gb2312', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'];
// Codecs of iconv-lite that name no charset of a document.
const NO_CHARSETS = new Set(['base64', 'hex', 'binary', 'ucs2internal']);

export const charsetProblem: FormCheck = (value) => {
  const label = value.trim().toLowerCase();
  if (label !== '' && !NO_CHARSETS.has(label)) {
    if (iconv.encodingExists(label)) return null;
    try {
      return new TextDecoder(label).encoding === '' ? 'no charset' : null;
    } catch {
      // Unknown to both: the message below.
    }
  }
  const near = didYouMean(value, COMMON_CHARSETS);
  return `${show(value)} is no charset${near || `; expected a name such as ${COMMON_CHARSETS.slice(0, 5).join(', ')}`}`;
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
  parseDuration(value) === null
    ? `${show(value)} is no duration: write a number and \`m\`, \`h\`, \`d\` or \`w\`, such as \`90m\`, \`36h\` or \`7d\``
    : null;

export const cidrProblem: FormCheck = (value) => {
  if (ipaddr.isValidCIDR(value)) {
    const bad = value.includes(':') || ipaddr.IPv4.isValidCIDRFourPartDecimal(value);
    return bad ? null : `${show(value)} is no CIDR block: write all four parts of the address, such as \`10.0.0.0/8\``;
  }
  if (ipaddr.isValid(value) && (value.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(value))) {
    const bits = value.includes(':') ? 128 : 32;
    return `${show(value)} is an address, not a block: write \`${value}/${bits}\``;
  }
  return `${show(value)} is no CIDR block: write an address and a prefix length, such as \`10.0.0.0/8\` or \`fd00::/8\``;
};
