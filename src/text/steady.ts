/** Reduces texts and addresses to what stays the same while the news does: counters, ages and tokens are left out. */
import { parseUrl } from './url.ts';

const NUMBER = String.raw`\d[\d,.]{0,14}(?:\s\d{3}(?!\d)){0,3}\s?(?:万|亿|[kKwW](?!\w))?\+?`;
const UNIT = String.raw`\s?(?:次|人次|人|条|个)`;
const COUNTED =
  '(?:阅读|已阅|浏览|点击|访问|查看|观看|播放|下载|评论|跟[贴帖]|点赞|赞|转发|分享|收藏|围观|在线|人气|热度|[Vv]iews?|[Rr]eads?|[Hh]its?|[Cc]omments?|[Ll]ikes?)';
/** 阅读：12,345 · 浏览次数 (7) · views: 12 · 阅读 12 · 阅读12次; not 阅读3本书 */
const COUNTER = new RegExp(
  `${COUNTED}(?:次数|人数|量|数|过)?(?:\\s{0,2}[:：(（[]\\s{0,2}${NUMBER}(?:${UNIT})?[)）\\]]?|\\s{0,2}${NUMBER}(?:${UNIT}|(?![\\d,.]|\\s?\\p{Script=Han})))`,
  'gu',
);
/** 1.2万次阅读 · 300人看过 · 3,456人已读 · 12赞 · 5 comments */
const COUNTED_BEFORE = new RegExp(
  `${NUMBER}(?:${UNIT})?\\s?(?:参与评论|${COUNTED}|看过|读过|已读|在看)(?:量|数)?`,
  'gu',
);
const SPAN = String.raw`(?:秒钟?|分钟?|小时|钟头|天|周|星期|月|年)`;
/** 5分钟前 · 半小时前 · 3 hours ago · an hour ago · 刚刚 · 昨天 12:30 */
const AGE = new RegExp(
  String.raw`(?:\d{1,4}|半)\s?个?半?\s?${SPAN}[之以]?前|(?:\d{1,4}|\ban?)\s?(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\sago|刚刚|[今昨前]天\s?\d{1,2}:\d{2}`,
  'g',
);
/** What a generator writes of itself: 更新时间：2026-11-28 09:00:00 */
const GENERATED =
  /(?:更新|刷新|生成|抓取|采集|缓存|现在|当前)(?:时间|于)[\s:：]{0,3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]{0,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?/g;
/** Without one of these there is nothing that changes by itself. */
const CHANGING = /\d|半|ago/;

/** `text` without blanks and without what changes by itself. For comparing only. */
export function steadyText(text: string): string {
  const numbered = CHANGING.test(text)
    ? text.replace(GENERATED, '').replace(COUNTER, '').replace(COUNTED_BEFORE, '').replace(AGE, '')
    : text.replaceAll('刚刚', '');
  return numbered.replaceAll(/\s+/g, '');
}

/** A value that no person reads: a token, a hash, a moment in seconds. */
const TOKEN = /^(?:\d{10,}|[\w.~+/=%-]{16,})$/;
const ASIDE =
  /^(?:utm_\w+|spm|_|t|ts|timestamp|time|rand|random|nonce|sign|token|auth_key|expires?|v|ver|hits?|views?|pv|clicks?|reads?|visits?|count(?:er)?)$/i;
/** Who came from where, in which session: no value of these tells of the article. */
const VISIT =
  /^(?:(?:php|j|asp)?sess(?:ion)?id|sid|from|r|rnd|signature|x-amz-\w+|ossaccesskeyid|wx_\w+|share\w*|isappinstalled|nsukey|chksm|scene)$/i;

/** Whether a parameter of an address stands for a visit or a moment. */
export const isPassing = (name: string, value: string): boolean =>
  TOKEN.test(value) || VISIT.test(name) || (ASIDE.test(name) && /\d/.test(value));

/**
 * `address` without its scheme, a leading www, a slash at the end, its fragment and what in its query stands for a visit or a moment. For comparing only.
 * `withHost` false: without its host too, for pictures that any of several servers gives.
 */
export function steadyAddress(address: string | null, withHost: boolean): string {
  const url = address === null ? null : parseUrl(address);
  if (url === null) return address ?? '';
  const kept = [...url.searchParams].filter(([name, value]) => !isPassing(name, value));
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&');
  const path = url.pathname.replace(/;jsessionid=[^/]*/i, '').replace(/\/$/, '');
  return `${withHost ? url.host.replace(/^www\./, '') : ''}${path}?${query}`;
}
