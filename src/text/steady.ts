/** Reduces texts and addresses to what stays the same while the news does: counters, ages and tokens are left out. */
import { parseUrl } from './url.ts';

const UNIT = '\\s?(?:万|亿|[kKwW])?\\+?\\s?(?:次|人|条|个)?';
const COUNTED =
  '(?:阅读|浏览|点击|访问|查看|播放|评论|跟[贴帖]|点赞|转发|收藏|围观|人气|[Vv]iews?|[Rr]eads?|[Hh]its?|[Cc]omments?|[Ll]ikes?)';
/** 阅读：12,345 · 浏览次数 (7) · views: 12 */
const COUNTER = new RegExp(`${COUNTED}(?:次数|人数|量|数)?[\\s:：(（[]{0,4}\\d[\\d,.]{0,14}${UNIT}[)）\\]]?`, 'g');
/** 1.2万次阅读 · 300人看过 · 5 comments */
const COUNTED_BEFORE = new RegExp(`\\d[\\d,.]{0,14}${UNIT}\\s?(?:${COUNTED}|看过|读过|在看)(?:量|数)?`, 'g');
/** 5分钟前 · 3 hours ago · 刚刚 */
const AGE =
  /\d{1,4}\s?个?\s?(?:秒钟?|分钟?|小时|天|周|星期|月|年)[之以]?前|刚刚|\d{1,4}\s(?:second|minute|hour|day|week|month)s?\sago/g;
/** What a generator writes of itself: 更新时间：2026-11-28 09:00:00 */
const GENERATED =
  /(?:更新|刷新|生成|抓取|采集)(?:时间|于)[\s:：]{0,3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]{0,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?/g;

/** `text` without blanks and without what changes by itself. For comparing only. */
export function steadyText(text: string): string {
  const numbered = /\d/.test(text)
    ? text.replace(GENERATED, '').replace(COUNTER, '').replace(COUNTED_BEFORE, '').replace(AGE, '')
    : text.replaceAll('刚刚', '');
  return numbered.replaceAll(/\s+/g, '');
}

/** A value that no person reads: a token, a hash, a moment in seconds. */
const TOKEN = /^(?:\d{10,}|[\w.~+/=%-]{16,})$/;
const ASIDE = /^(?:utm_\w+|spm|_|t|ts|timestamp|time|rand|random|nonce|sign|token|auth_key|expires?|v|ver)$/i;

/**
 * `address` without its scheme, its fragment and what in its query stands for a visit or a moment. For comparing only.
 * `withHost` false: without its host too, for pictures that any of several servers gives.
 */
export function steadyAddress(address: string | null, withHost: boolean): string {
  const url = address === null ? null : parseUrl(address);
  if (url === null) return address ?? '';
  const kept = [...url.searchParams].filter(
    ([name, value]) => !TOKEN.test(value) && !(ASIDE.test(name) && /\d/.test(value)),
  );
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&');
  const path = url.pathname.replace(/;jsessionid=[^/]*/i, '');
  return `${withHost ? url.host : ''}${path}?${query}`;
}
