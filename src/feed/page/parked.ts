/** Tells a registrar's page in place of a site whose name is for sale, parked or lapsed: its links are advertisements. */
import { textOf } from '../../text/plain.ts';

/** Servers of companies that put advertisements on names nobody uses. */
const PARKING_SERVICE =
  /\/\/(?:[\w-]{1,63}\.){0,3}(?:sedoparking|parkingcrew|parklogic|bodis|skenzo|cashparking|hugedomains|afternic|dan)\.(?:com|net)\b/i;
/** What such a page says of its own name. */
const SAYS_SO = [
  /\b(?:buy|purchase|own|get|acquire|renew|about|for|on) (?:this|the) domain\b/i,
  /\bdomain(?: name)?\b[^.!?]{0,60}\b(?:is|are|may be|might be|could be)\b[^.!?]{0,20}\b(?:for sale|available|parked|expired|pending renewal|up for auction)\b/i,
  /\bdomain(?: name)?\b[^!?]{0,60}\b(?:has|was|have) (?:recently )?(?:expired|lapsed|been (?:registered|parked|suspended))\b/i,
  /\b(?:parked|parking) (?:free|page|domain|courtesy)\b|\bdomain (?:is )?(?:parking|parked)\b/i,
  /\b[\w-]{1,63}\.[a-z]{2,12} (?:is|may be) (?:for sale|available for purchase)\b/i,
  /(?:该|此|本|这个|您(?:所)?(?:访问|查看|浏览)的|当前|該|這個)\s?(?:域名|网域|網域|網址)[^。！!？?]{0,24}(?:出售|转让|轉讓|交易|拍卖|拍賣|到期|过期|過期|停放|停用|暂停|暫停|续费|續費|购买|購買|被注册|被註冊)/,
];
/** The same as the page's name, where lists of news have that of their channel. */
const TITLE = /<title[^>]{0,200}>([^<]{0,300})/i;
const NAMED_SO =
  /(?:域名|网域|網域|domain)[^<]{0,12}(?:出售|转让|轉讓|停放|过期|過期|for sale|parking|parked|expired)/i;
/** Without one of these, and most pages are, nothing is looked for. */
const WORDS = /域名|网域|網域|網址|domain|park(?:ed|ing)|for sale|purchase/i;

const MOST_READ = 200_000;
/** Characters of text: such pages hold a dozen links and a line about privacy. */
const MOST_TEXT = 3000;

/** Whether `html` is such a page. */
export function isParked(html: string): boolean {
  const head = html.slice(0, MOST_READ);
  if (!WORDS.test(head) && !PARKING_SERVICE.test(head)) return false;
  const text = textOf(head.replaceAll('<', ' <')).replace(/\s+/g, ' ');
  if (text.length > MOST_TEXT) return false;
  const title = TITLE.exec(head)?.[1] ?? '';
  return PARKING_SERVICE.test(head) || NAMED_SO.test(title) || SAYS_SO.some((pattern) => pattern.test(text));
}
