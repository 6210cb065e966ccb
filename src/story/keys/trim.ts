/** Turns an entry's title and text into the words of the story alone: folded, without datelines, columns and tails. */
import { fold } from '../../zh/script.ts';

/** Characters of a text that are looked at. */
const MOST_TEXT = 12_000;

// NFKC is skipped for the common text that it would not change: ideographs, ASCII, common punctuation, full-width forms.
const NEEDS_NFKC =
  /[^\u0000-\u007f\u00b7\u2010-\u201d\u2026\u3000-\u3011\u3014-\u301b\u3400-\u9fff\uff01-\uff5e\ufe30]/;

const ROMAN = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];

/** Enclosed and Roman numerals become plain ones in brackets before NFKC would run them into their neighbours. */
function openEnclosed(text: string): string {
  return text.replace(/[\u2460-\u249b\u2160-\u217b\u24f5-\u24fe\u2776-\u2793\u3220-\u3229\u3280-\u3289]/g, (mark) => {
    const unit = mark.charCodeAt(0);
    if (unit >= 0x2160 && unit <= 0x217b) return `(${ROMAN[((unit - 0x2160) % 16) + 1] ?? ''})`;
    if (unit >= 0x2460 && unit <= 0x249b) return `(${((unit - 0x2460) % 20) + 1})`;
    if (unit >= 0x2776 && unit <= 0x2793) return `(${((unit - 0x2776) % 10) + 1})`;
    if (unit >= 0x24f5 && unit <= 0x24fe) return `(${unit - 0x24f4})`;
    return `(${(unit >= 0x3280 ? unit - 0x3280 : unit - 0x3220) + 1})`;
  });
}

// Forms of characters that Hong Kong and older prints write and that OpenCC's mainland chain leaves.
const FORMS =
  '濶阔徧遍讐仇衞卫敍叙枱台粧妆糭粽衹只韮韭汚污痲麻蔴麻龢和姪侄揹背搾榨瞇眯賸剩飚飙倣仿廻回堦阶靭韧犂犁厰厂鷰燕䜩宴閙闹踫碰甦苏毘毗';
const FORM_OF = new Map(
  Array.from({ length: FORMS.length / 2 }, (_, i) => [FORMS.charAt(2 * i), FORMS.charAt(2 * i + 1)]),
);
const ANY_FORM = new RegExp(`[${[...FORM_OF.keys()].join('')}]`, 'g');

/** Script, width, case, compatibility forms and invisible characters, for comparing. */
export function level(text: string): string {
  const plain = NEEDS_NFKC.test(text)
    ? openEnclosed(text)
        .normalize('NFKC')
        .replace(/\p{Cf}|\ufe0f/gu, '')
    : text;
  return fold(plain).replace(ANY_FORM, (form) => FORM_OF.get(form) ?? form);
}

const OUTLET_TAIL =
  /(?:\s*(?:--|——|[_|丨｜])\s*|\s+[-–]\s*)[^_|丨｜。!?]{0,16}(?:网|频道|新闻|日报|晚报|早报|时报|商报|都市报|在线|客户端|公众号|门户|电视台|广播|地方|要闻|传媒|报社|澎湃|资讯|com|cn)\s*$/;
const NOTE_TAIL =
  /\s*[([【](?:图|组图|附图|多图|高清图|图文|视频|附视频|音频|全文|附全文|更新|更新中|持续更新|滚动|滚动更新|最新|转载|转|独家|双语|图\/视频)[)\]】]\s*$/;
const PAGE_HEAD = /^\s*(?:第?\d{1,3}版\s*[-:]?\s*|[A-Da-d]\d{1,2}\s*[-:]\s*)/;
const TAG_HEAD =
  /^\s*(?:[【[(](?:快讯|最新|重磅|独家|头条|关注|滚动|图集|组图|视频|双语|转载|推荐|热点|突发|更新|要闻|聚焦)[】\])]|(?:[\u4e00-\u9fff]{0,6}(?:快讯|速递|权威快报|鲜报|头条|要闻)|最新消息|最新|重磅|独家|突发|图集|组图|视频|刚刚|定了|紧急|提醒|更新|热点|关注|聚焦|转发|扩散|速看)\s*[:!|丨｜,]+)\s*/;

const SHORTEST_SIGNED = 8;

/** A title without the page number before it, the flash mark, the note and the outlet after it. */
export function trimTitle(title: string): string {
  let text = level(title.slice(0, 400)).replace(/\s+/g, ' ').trim();
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

const TAIL =
  /\n\s*[【[(■◆●•]*\s*(?:相关(?:新闻|阅读|链接|报道|推荐|专题)|延伸阅读|推荐阅读|更多阅读|热点推荐|热门推荐|热点新闻|猜你喜欢|往期(?:回顾|推荐|精彩)|精彩推荐|集成阅读|新闻链接|责任编辑|责编|编辑:|校对|来源:|原标题:|纠错|扫一扫|敬请关注|长按|关注我们|点击下方|分享到|免责声明|版权声明|声明:|本文来源|上一篇|下一篇|打印|返回)[^\n]{0,40}(?=\n|$)/;

/** A text, its opening taken off, without what follows its end; paragraphs are lines. */
export function trimText(text: string): string {
  const folded = level(text.slice(0, MOST_TEXT))
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
  const end = folded.length > 60 ? TAIL.exec(folded.slice(60))?.index : undefined;
  const body = end === undefined ? folded : folded.slice(0, 60 + end);
  return body.replace(/\s*\[详细\]\s*$/, '').trimStart();
}

const PART =
  /[([【<《]\s*([上中下终续])\s*[集篇辑部]?\s*[)\]】>》]|(?:^|[^\u4e00-\u9fff])([上中下])[集篇辑](?:$|[^\u4e00-\u9fff])|([上中下])[集篇辑](?:\s*$|[:|丨｜])/;

/** Which part of a serial a trimmed headline says it is (上, 中, 下, 终, 续); empty where none. Numbered parts are numbers. */
export function partOf(headline: string): string {
  const found = PART.exec(headline);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}
