/** Reduces texts and addresses to what stays the same while the news does: counters, ages and tokens are left out. */
import { parseUrl } from './url.ts';

const NUMBER = String.raw`\d[\d,.]{0,14}(?:\s\d{3}(?!\d)){0,3}\s?(?:[万萬亿億]|[kKwW](?!\w))?\+?`;
/** Of these a number counts visits, and no things that are named next. */
const UNIT = String.raw`\s?(?:次|人次|人|(?:条|條|个|個)(?!\p{Script=Han}))`;
const WORDS = [
  '阅读|已阅|浏览|点击|访问|查看|观看|播放|下载|评论|留言|跟[贴帖]|点赞|赞|转发|分享|收藏|围观|在线|在看|人气|热度|弹幕',
  '閱讀|已閱|瀏覽|點擊|點閱|訪問|觀看|下載|評論|跟[貼帖]|點[讚贊]|[讚贊]|轉發|圍觀|在線|人氣|熱度|彈幕',
  '(?:[Pp]age)?[Vv]iews?|[Rr]eads?|[Hh]its?|[Cc]omments?|[Ll]ikes?|[Ss]hares?|[Rr]eplies|[Pp]lays?',
].join('|');
const COUNTED = `(?:${WORDS})`;
/** 阅读：12,345 · 浏览次数 (7) · 阅读【7】 · views: 12 · 阅读 12 · 阅读12次 · 转发 2 评论 3; not 阅读3本书 */
const COUNTER = new RegExp(
  `${COUNTED}(?:次[数數]|人[数數]|量|[数數]|率|[过過了])?(?:\\s{0,2}[:：(（[【|｜]\\s{0,2}(?:${NUMBER}(?:${UNIT})?|-{1,3})[)）\\]】]?|\\s{0,2}${NUMBER}(?:${UNIT}|(?![\\d,.]|\\s?(?!${COUNTED})\\p{Script=Han})))`,
  'gu',
);
/** 1.2万次阅读 · 300人看过 · 3,456人已读 · 12赞 · 5 comments */
const COUNTED_BEFORE = new RegExp(
  `${NUMBER}(?:\\s?(?:次|人次|人|[条條个個]))?\\s?(?:[参參][与與](?:[评評][论論]|[讨討][论論])|${COUNTED}|看[过過]|[读讀][过過]|已[读讀])(?:量|[数數])?`,
  'gu',
);
/** 👁 345 · ❤ 12 */
const PICTURED = new RegExp(`(?:[👁👀❤♥👍💬🗨🔥🔁⭐★▶]\\ufe0f?)\\s{0,2}${NUMBER}(?!\\s?\\p{Script=Han})`, 'gu');
const SPAN = String.raw`(?:秒[钟鐘]?|分[钟鐘]?|小[时時]|[钟鐘][头頭]|天|[周週]|星期|月|年)`;
const ENGLISH_SPAN = '(?:second|sec|minute|min|hour|hr|day|week|month|year)s?';
/** 5分钟前 · 半小时前 · 3 hours ago · 3h ago · an hour ago · 刚刚 · 昨天 12:30 · 昨天, where nothing else stands */
const AGE = new RegExp(
  String.raw`(?:\d{1,4}|[半几幾数數])\s?[个個]?半?\s?${SPAN}[之以]?前|(?:\d{1,4}|\ban?)\s?(?:${ENGLISH_SPAN}|[smhdwy]|mo)\sago|[刚剛][刚剛]|\b[Jj]ust now\b|[今昨前]天\s?\d{1,2}:\d{2}|(?<![^\s|(（·])(?:昨[天日]|前[天日]|上[周週]|[Yy]esterday)(?![^\s|)）·])`,
  'g',
);
/** What a generator writes of itself: 更新时间：2026-11-28 09:00:00 */
const GENERATED =
  /(?:最[后後近]更新|[Ll]ast updated|(?:更新|刷新|生成|抓取|采集|缓存|现在|当前|現在|目前)(?:时间|時間|于|於))[\s:：于於]{0,3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]{0,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?/g;
/** Without one of these there is nothing that changes by itself. */
const CHANGING = /\d|[半几幾数數]|ago|now|[昨前上][天日周週]|esterday|-/;
const WIDE_DIGIT = /[０-９]/g;

/** `text` without blanks and without what changes by itself. For comparing only. */
export function steadyText(text: string): string {
  const narrow = text.replace(WIDE_DIGIT, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const numbered = CHANGING.test(narrow)
    ? narrow
        .replace(GENERATED, '')
        .replace(COUNTER, '')
        .replace(COUNTED_BEFORE, '')
        .replace(PICTURED, '')
        .replace(AGE, '')
    : narrow.replaceAll(/[刚剛][刚剛]/g, '');
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
