/** Turns a reason into the sentence that a person reads, in that person's language. */
import { STATUS_CODES } from 'node:http';
import type { Param, Piece, Reason, StoredReason } from '../model/reason.ts';
import { maskMessage } from '../text/masking.ts';
import { BEIJING_MS, MINUTE_MS } from '../text/time.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Kind, Row } from './catalogue/row.ts';
import { sayCron } from './cronwords.ts';
import type { Language } from './language.ts';

const ROWS: Readonly<Record<string, Row>> = CATALOGUE;

/** Reasons hold reasons three deep; a damaged store shall not go deeper than this. */
const MAX_DEPTH = 6;

/** Without secrets. Never throws: a code that this version does not know is shown with its parameters. */
export function say(reason: StoredReason, language: Language): string {
  return maskMessage(tell(reason, language, 0));
}

/** Several that hold side by side, such as the repairs of a document. */
export function sayAll(reasons: readonly StoredReason[], language: Language): string {
  return reasons.map((reason) => say(reason, language)).join(language === 'zh' ? '；' : '; ');
}

/** The code, for what selects and counts; null where an older version stored a sentence. */
export function codeOf(reason: StoredReason): string | null {
  return typeof reason === 'string' ? null : reason.code;
}

function tell(reason: StoredReason, language: Language, depth: number): string {
  if (typeof reason === 'string') return reason;
  const { code, params = {} } = reason;
  if (!Object.hasOwn(ROWS, code) || depth > MAX_DEPTH) return raw(reason);
  const { params: kinds = {}, [language]: template } = ROWS[code] as Row;
  return template.replaceAll(
    /\{(\w+)(?:\|([^|{}]*)\|([^{}]*))?\}/g,
    (_hole, name: string, one?: string, other = '') => {
      const value = params[name];
      if (one !== undefined) return value === 1 ? one : other;
      const kind = kinds[name];
      return value === undefined || kind === undefined ? '?' : write(kind, value, language, depth);
    },
  );
}

function raw({ code, params = {} }: Reason): string {
  const said = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [code, ...said].join(' ');
}

/** By the value's own shape first: what another version stored may not be what this one's kinds say. */
function write(kind: Kind, value: Param, language: Language, depth: number): string {
  if (typeof value === 'string') return kind === 'cron' ? sayCron(value, language) : value;
  if (typeof value === 'number') return (NUMBERS[kind] ?? String)(value, language);
  if (!Array.isArray(value)) return tell(value as Reason, language, depth + 1);
  if (kind === 'evidence') return sayEvidence(value as readonly Piece[], language);
  const parts = (value as readonly StoredReason[]).map((one) => tell(one, language, depth + 1));
  return parts.join((BETWEEN[kind] ?? COMMA)[language]);
}

const COMMA = { zh: '，', en: ', ' };

/** What stands between the parts of a list. */
const BETWEEN: Readonly<Partial<Record<Kind, Readonly<Record<Language, string>>>>> = {
  names: { zh: '、', en: ', ' },
  choices: { zh: '、', en: ' or ' },
  clauses: { zh: '；', en: '; ' },
  either: { zh: '或', en: ' or ' },
};

const NUMBERS: Readonly<Partial<Record<Kind, (value: number, language: Language) => string>>> = {
  score: (value) => value.toFixed(1),
  percent: (value) => `${Math.round(100 * value)}%`,
  span: saySpan,
  clock: (value) => inBeijing(value).slice(11, 16),
  moment: (value) => inBeijing(value).slice(0, 16).replace('T', ' '),
  status: sayStatus,
  bytes: sayBytes,
};

const SECOND_MS = 1_000;

function inBeijing(at: number): string {
  const date = new Date(at + BEIJING_MS);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Milliseconds, then seconds up to a minute, minutes up to two hours, hours up to two days, then days. */
function saySpan(ms: number, language: Language): string {
  const counted = (count: number, zh: string, en: string) =>
    language === 'zh' ? `${count} ${zh}` : `${count} ${en}${count === 1 ? '' : 's'}`;
  if (ms < SECOND_MS) return language === 'zh' ? `${Math.round(ms)} 毫秒` : `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return counted(Math.round(ms / SECOND_MS), '秒', 'second');
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return counted(minutes, '分钟', 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, '小时', 'hour') : counted(Math.round(hours / 24), '天', 'day');
}

const MEGABYTE = 1_048_576;

function sayBytes(bytes: number, language: Language): string {
  if (bytes >= MEGABYTE) return `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return language === 'zh' ? `${bytes} 字节` : `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** The statuses that sources answer with; of the others the number says enough. */
const STATUSES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '需要登录',
  403: '拒绝访问',
  404: '页面不存在',
  405: '不允许这种请求',
  408: '请求超时',
  410: '已下线',
  412: '被防护拦截',
  429: '请求过于频繁',
  500: '服务器内部错误',
  502: '网关出错',
  503: '服务暂不可用',
  504: '网关超时',
  521: '源站拒绝连接',
  522: '连接源站超时',
};

/** English in the words of RFC 9110 and not the server's. */
function sayStatus(status: number, language: Language): string {
  if (language === 'en') return [status, STATUS_CODES[status]].join(' ').trim();
  const words = STATUSES[status];
  return words === undefined ? String(status) : `${status}（${words}）`;
}

/** Where a term stands, as TextField of src/model/region.ts names it. */
const FIELDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  title: { zh: '标题', en: 'in the title' },
  summary: { zh: '摘要', en: 'in the summary' },
  text: { zh: '正文', en: 'in the text' },
  dateline: { zh: '电头', en: 'in the dateline' },
  category: { zh: '分类', en: 'as a category' },
  outlet: { zh: '媒体名', en: "in the outlet's name" },
  feed: { zh: '来源名', en: "in the feed's name" },
};

/** `阜阳 in the title +2.5, 颍州 in the text +1.0 → 阜阳市 341200`: pieces that speak for one place stand together. */
function sayEvidence(pieces: readonly Piece[], language: Language): string {
  const byTarget = new Map<string, string[]>();
  for (const [term, field, weight, target] of pieces) {
    const place = FIELDS[field]?.[language] ?? field;
    const size = `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
    const said = language === 'zh' ? `${term}（${place}）${size}` : `${term} ${place} ${size}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), said]);
  }
  const [within, between] = language === 'zh' ? ['、', '；'] : [', ', '; '];
  return [...byTarget].map(([target, said]) => `${said.join(within)} → ${target}`).join(between);
}
