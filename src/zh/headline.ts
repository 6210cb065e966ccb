/** Reads the marks around headlines: pages of the paper, flash marks, notes, outlets, and which part of a serial it is. */
import { fold } from './script.ts';
import { plainText } from '../text/plain.ts';

export interface ReadTitle {
  readonly title: string;
  readonly removed: readonly string[];
}

// 04版 -, A03版：, 第02版 要闻 -, 01版头版 -: the page of the paper.
const PAGE_PREFIX =
  /^(?:(?:第?[a-z]?\d{1,3}版[:,·]?\s?[\u4e00-\u9fff·]{0,8}|[a-z]\d{1,3}[\u4e00-\u9fff]{0,6}|头版|要闻版?)\s*[-—–|:丨]\s*(?=\S)|第?[a-z]?\d{1,3}版[:·][\u4e00-\u9fff]{2,4}\s+(?=\S))/;
const BAR = /\s?[|｜丨︱∣_]\s?|\s[-–—]+\s|\s?(?<!-)--+\s?|-(?=[\u4e00-\u9fff]{2,10}(?:网|报|社|台|在线|客户端|频道)$)/g;
const OUTLET_END =
  /(?:网|报|台|社|频道|在线|客户端|新闻|资讯|中心|门户|号|订阅|官网|博客|论坛|周刊|杂志|评论|之声|政府|委员会|局|厅|办公室|部门|快报|央视|新华|人民|澎湃|腾讯|新浪|搜狐|网易|凤凰|头条|\.com|\.cn|com|cn|net|cna|生活|政治|体育|娱乐|科技|健康|综合|正文|首页|时政|社会|国内|国际|要闻|滚动|财经|本地|地方|安徽|上海|江苏|浙江|中国)$/;
const CLOSED_TAG =
  /^[【[](?:快讯|网连中国|图片|视频|组图|图集|滚动|新闻|要闻|独家|原创|转载|转发|最新|头条|置顶|推荐|热点|直播|广告|推广|[\u4e00-\u9fff]{2,8}(?:日报|晚报|晨报|时报|早报|快报|新闻网|在线))[】\]]\s?|\s?[([](?:图|组图|多图|图文|视频|附图|附视频|附名单|附全文|高清组图|全文|\d{1,3}p|复制链接)[)\]]$/;

/** `written` as a headline. Outlet suffixes go where what they leave is still a headline. */
export function readTitle(written: string): ReadTitle {
  let title = withoutLost(plainText(written));
  const removed: string[] = [];
  const take = (from: number, to: number): void => {
    removed.push(title.slice(from, to).trim());
    title = (title.slice(0, from) + title.slice(to)).trim();
  };
  let folded = fold(title);
  const page = PAGE_PREFIX.exec(folded);
  if (page !== null) take(0, page[0].length);
  folded = fold(title);
  const tag = CLOSED_TAG.exec(folded);
  if (tag !== null && folded.length - tag[0].length >= 6) take(tag.index, tag.index + tag[0].length);
  for (let rounds = 0; rounds < 4; rounds++) {
    folded = fold(title);
    const bars = [...folded.matchAll(BAR)];
    const last = bars.at(-1);
    if (last === undefined || last.index === 0) break;
    const suffix = folded.slice(last.index + last[0].length).trim();
    if (suffix.length > 16 || last.index < 6 || !OUTLET_END.test(suffix) || suffix.length >= last.index) break;
    take(last.index, title.length);
  }
  return { title, removed };
}

/** Without the question marks, four to a lost blank, that an encoding left at either end. */
function withoutLost(title: string): string {
  const from = /^(?:\?{4})+\s?/.exec(title)?.[0].length ?? 0;
  let to = title.length;
  while (to - 4 >= from && title.startsWith('????', to - 4)) to -= 4;
  return title.slice(from, to).trimEnd();
}

const OUTLET_TAIL =
  /(?:\s?(?:--|——|[_|丨｜])\s?|\s[-–]\s?)[^_|丨｜。!?]{0,16}(?:网|频道|新闻|日报|晚报|早报|时报|商报|都市报|在线|客户端|公众号|门户|电视台|广播|地方|要闻|传媒|报社|澎湃|资讯|com|cn)\s?$/;
const NOTE_TAIL =
  /\s?[([【](?:图|组图|附图|多图|高清图|图文|视频|附视频|音频|全文|附全文|更新|更新中|持续更新|滚动|滚动更新|最新|转载|转|独家|双语|图\/视频)[)\]】]\s?$/;
const PAGE_HEAD = /^\s*(?:第?\d{1,3}版\s*[-:]?\s*|[A-Da-d]\d{1,2}\s*[-:]\s*)/;
const TAG_HEAD =
  /^\s*(?:[【[(](?:快讯|最新|重磅|独家|头条|关注|滚动|图集|组图|视频|双语|转载|推荐|热点|突发|更新|要闻|聚焦)[】\])]|(?:[\u4e00-\u9fff]{0,6}(?:快讯|速递|权威快报|鲜报|头条|要闻)|最新消息|最新|重磅|独家|突发|图集|组图|视频|刚刚|定了|紧急|提醒|更新|热点|关注|聚焦|转发|扩散|速看)\s*[:!|丨｜,]+)\s*/;

const SHORTEST_SIGNED = 8;

/**
 * A levelled title without the page number before it, the flash mark, the note and the outlet after it: for comparing, where
 * more may go than from a title that is shown.
 */
export function bareHeadline(levelled: string): string {
  let text = levelled.replace(/\s+/g, ' ').trim();
  const before = text;
  text = text.replace(PAGE_HEAD, '');
  for (let i = 0; i < 3; i++) {
    const noted = text.replace(NOTE_TAIL, '');
    // A short title before the bar is a date or a name, and what follows it the headline.
    const unsigned = noted.replace(OUTLET_TAIL, '');
    const shorter = (unsigned.length < SHORTEST_SIGNED ? noted : unsigned).replace(TAG_HEAD, '');
    if (shorter === text || shorter.length < 4) break;
    text = shorter;
  }
  return text.length < 2 ? before : text;
}

const PART =
  /[([【<《]\s{0,3}([上中下终续])\s{0,3}[集篇辑部]?\s{0,3}[)\]】>》]|(?:^|[^\u4e00-\u9fff])([上中下])[集篇辑](?:$|[^\u4e00-\u9fff])|([上中下])[集篇辑](?:\s{0,3}$|[:|丨｜])/;

/** Which part of a serial a trimmed headline says it is (上, 中, 下, 终, 续); empty where none. Numbered parts are numbers. */
export function partOf(headline: string): string {
  const found = PART.exec(headline);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}
