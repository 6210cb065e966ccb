/** Turns label lines (来源, 责任编辑, 记者 …) into the names they give; patterns see folded text. */
import { readEnglish } from './english.ts';
import type { Signed } from './signed.ts';
import { isName, isOrganisation, joinSpread, readNames } from '../../zh/people.ts';
import { anyOf } from '../../text/anyof.ts';

export const SOURCE_WORD = anyOf(
  '(?:文章|本文|信息|新闻|内容|稿件|消息|资料|原文|转载)?来源 (?:文章)?出处 稿源 来自 转载?自 摘自 选自 发布(?:机构|单位) 信息提供 供稿(?:单位)? 撰稿单位',
);
export const EDITOR_WORD = anyOf(
  '责任编辑? 责编 栏目主编 (?:本文|文章|网络|网站|本期|值班|执行|新媒体|实习|见习|微信|审核|文字|内容|中文|首席|融媒体?|全媒体)编辑 编辑 文编 编审 编校 编务',
);
export const OTHER_WORD = anyOf(
  '(?:总)?(?:校对|审核|审校|审签|复核|监制|统筹|策划|出品|出品人|编导|导演|签发|审稿) 值班(?:编委|主任|总编|主编|领导) 编委 (?:副)?(?:主编|总编辑?) (?:一|二|三|初|复|终)(?:审|校) 美编 版式 排版 制作 制图 视觉 设计 海报(?:设计|制作)? 剪辑 后期 配音 播音 主播 主持 字幕 动画 视频 音频 拍摄 摄像 图片 插图 漫画 绘图 供图 摄影 图(?=\\s*[:|丨/]) 翻译 编译 (?:部分)?(?:画面|素材|图片|视频|数据)来源 新媒体 运营 技术 投稿 报料 爆料 审读 鸣谢 终极审核',
);
export const AUTHOR_WORD = anyOf(
  '(?:文章|本文|原文)?作者 (?:首席|特派|特约|实习|见习|全媒体|融媒体?|本报|本网|本台|本刊|文字|视频|摄影|驻站)*记者 (?:特约)?通讯员 实习生 特约撰稿人? 撰稿人? 撰文 采写 采访(?=\\s*[:|/丨]) 执笔 文字(?=\\s*[:|/丨]|\\s) 图文 文[/、&\\s]?图 图[/、&\\s]?文 文/视频 文(?=\\s*[:|/丨]) 报道员 (?:特约)?评论员 供稿人 整理(?=\\s*[:|/丨])',
);
const OPEN = '[\\[(【〔<■●◆□▍|\\s]*';
const NAMES_AFTER = '(?:\\s*[:|/丨]\\s*|\\s+)(?=\\S)';

export const SOURCE_LABEL = new RegExp(
  `^${OPEN}${SOURCE_WORD}(?:\\s*[:|/]\\s*[^:]{0,40}|\\s+[\\u4e00-\\u9fffa-z]{1,10}(?:报|网|社|台|在线|新闻|发布|客户端|周刊))$`,
);
export const EDITOR_LABEL = new RegExp(
  `^(?:[\\[(【〔<]\\s*${EDITOR_WORD}(?:\\s*[:|/]|\\s+|[\\u4e00-\\u9fff]{2,4}[\\])】]$)|${EDITOR_WORD}\\s*[:|/丨]|(?:${EDITOR_WORD}|校对)\\s+[\\u4e00-\\u9fff]{2,4}(?:\\s|$))`,
);
const CREDIT = new RegExp(`^${OPEN}(?:${OTHER_WORD}|${EDITOR_WORD})${NAMES_AFTER}`);
const MADE_BY =
  /^[\u4e00-\u9fff]{2,14}(?:音视频部|融媒体中心|新闻中心|编辑部|工作室|新媒体中心|视频部)(?:制作|出品|联合出品|联合制作|供稿)$|^\([\u4e00-\u9fff]{2,16}\s*供稿\)$/;
export const AUTHOR_LABEL = new RegExp(
  `^${OPEN}(?:[\\u4e00-\\u9fffa-z\\-—·]{2,14}?)?${AUTHOR_WORD}(?:\\s*[:|/丨]|\\s|[\\u4e00-\\u9fff])`,
);

/** Whether a folded line credits people or houses with a part in the work. */
export function isCredit(text: string): boolean {
  if (MADE_BY.test(text)) return true;
  return CREDIT.test(text) && isBylineOnly(text, true);
}

const BYLINE_WORDS = new RegExp(
  `${AUTHOR_WORD}|(?:${OTHER_WORD}|${EDITOR_WORD}|${SOURCE_WORD})(?=\\s*[:|/丨\\s]|$)`,
  'g',
);
const DATE = /(?:(?:19|20)\d{2}\s?[年\-/.\s]\s?\d{1,2}\s?[月\-/.]\s?\d{1,2}日?|(?:^|\s)\d{1,2}[-月]\d{1,2}日?)/;
const TIME = /\d{1,2}[:时]\d{1,2}(?:分|:\d{1,2})?(?:秒)?/;
// Words that the line under a title is made of.
const FILLER =
  /(?:星期|周)[一二三四五六日天]|(?:发布|发表|更新|编辑|录入|上传|来稿|稿件|信息|文章|发文|公开|生成|成文|撰稿)?(?:时间|日期)|(?:浏览|阅读|点击|访问|查看|评论|点赞)(?:次数|量|数|率)?|人气|热度|字体|字号|大小|大\s*中\s*小|默认|特大|超大|打印|关闭|收藏|分享|我要评论|参与评论|评论|发布|次|人|更新于|发布于|发表于|发布人|发布者|录入|索引号|来源|作者|责编|编辑|公布|上午|下午|北京时间|农历|第\d+版|版面|手机看新闻|手机版|字|号|小|中|大|原创|a[+-]?|date|更新|转发|https?:\/\/[\w./-]+|(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|cn|net|org)(?:\.cn)?|\d+|[\s:|/丨·,()[\]【】<>_\-+.•]/g;

/** Whether a folded line is the dated line of a page: a date, labels with their values, counters, and nothing else. */
export function isDatedLine(text: string): boolean {
  const date = DATE.exec(text);
  if (date === null) return false;
  const start = date.index;
  if (/[。;!?]/.test(text)) return false;
  // A date within a sentence goes on with a comma or a verb; a dated line goes on with a time, a label or nothing.
  let rest = `${text.slice(0, start)} ${text.slice(start + date[0].length)}`.replace(TIME, ' ');
  rest = rest.replace(LABELLED, ' ').replace(FILLER, '');
  if (isStampedRow(text, date)) return true;
  if (rest.length > 12 || /,/.test(text.slice(start + date[0].length, start + date[0].length + 2))) return false;
  return (
    rest === '' ||
    TIME.test(text) ||
    LABELLED_ONE.test(text) ||
    ((start === 0 || text.length <= 30) && OUTLET_LIKE.test(rest) && text.length <= 50) ||
    DATED_REPORT.test(text)
  );
}
/** A row of short words with a full stamp among them, or with a day at its end: outlet, reporters, tags, counters. */
function isStampedRow(text: string, date: RegExpExecArray): boolean {
  if (text.length > 110 || /[,“”《》]/.test(text) || !/(?:19|20)\d{2}/.test(date[0])) return false;
  const words = text.split(/[\s|丨·]+/).filter((word) => word !== '');
  if (words.length < 3) return false;
  if (date.index === 0 && words.some((word) => /^第?[a-z]?\d{1,3}版/.test(word)))
    return words.every((word) => word.length <= 10);
  if (TIME.test(text)) return words.every((word) => word.length <= 16);
  return text.endsWith(date[0]) && words.every((word) => word.length <= 10);
}

const REPORTERS_OF =
  /^[[(【■●◆\s]*([\u4e00-\u9fffa-z]{1,9}(?:报|社|网|台|新闻|客户端|在线|卫视))(?:首席|特派|特约|实习|见习|全媒体|融媒体?)*(?:记者|评论员)/;

/** The outlet whose reporters sign a byline; null for 本报 and its like. */
export function outletOfReporters(raw: string, folded: string): string | null {
  const match = REPORTERS_OF.exec(folded);
  if (match?.[1] === undefined || match[1].startsWith('本')) return null;
  const at = folded.indexOf(match[1]);
  return raw.slice(at, at + match[1].length);
}

/** Whether a folded line is labels with their values and nothing else. */
export function isSignedLine(text: string): boolean {
  if (/[。;!?,]/.test(text) || !LABELLED_START.test(text) || (text.match(LABELLED)?.length ?? 0) < 2) return false;
  return (
    text
      .replace(LABELLED, ' ')
      .replace(FILLER, '')
      .replace(/[*_a-z\d]/g, '') === ''
  );
}

/** Whether a folded line is a day and nothing else. */
export function isBareDate(text: string): boolean {
  return (
    text.length <= 24 &&
    !TIME.test(text) &&
    text.replace(DATE, '').replace(/(?:星期|周)[一二三四五六日天]|[\s()日号:.、]/g, '') === ''
  );
}

const OUTLET_LIKE =
  /^[\u4e00-\u9fffa-z]{1,10}(?:报|网|社|台|在线|新闻|报道|发布|客户端|频道|日报|晚报|资讯|传媒|时报|刊|头条|号|快讯|卫视|融媒体?|融媒体中心)$/;
// 某某网2026-03-02号报道: a mirror's own stamp over another's story.
const DATED_REPORT =
  /^[\u4e00-\u9fff]{2,10}(?:网|报|社|台|在线|新闻)\s?(?:19|20)\d{2}[-年.]\d{1,2}[-月.]\d{1,2}[日号]?(?:报道|讯|消息)$/;

/** Whether a folded line is the name of an outlet and nothing else. */
export function isOutlet(line: string): boolean {
  return OUTLET_LIKE.test(line);
}

const ONE_WORD =
  /^(?!发表|来自|发布|更新|举报|关注|评论|浏览|点击|阅读|星期|只看|播放)[\u4e00-\u9fff][\u4e00-\u9fffa-z]{2,9}$/;

/** The outlet that stands without a label beside the date of a dated line; null where none does. */
export function readUnlabelledOutlet(raw: string, folded: string): string | null {
  if (DATED_REPORT.test(folded)) return null;
  const rest = folded
    .replace(DATE, (date) => ' '.repeat(date.length))
    .replace(TIME, (time) => ' '.repeat(time.length))
    .replace(LABELLED, (part) => ' '.repeat(part.length));
  for (const match of rest.matchAll(/[^\s|丨·:()[\]【】/]{3,14}/g)) {
    if (OUTLET_LIKE.test(match[0])) return raw.slice(match.index, match.index + match[0].length);
  }
  // 2022年05月18日 19:05 第七财经: beside a full stamp, the one word that is neither label nor button nor person.
  const words = [...rest.matchAll(/[^\s|丨·:()[\]【】/]+/g)].filter(([word]) => word.replace(FILLER, '') !== '');
  const [only] = words;
  if (only === undefined || words.length > 1 || !TIME.test(folded) || !ONE_WORD.test(only[0]) || isName(only[0]))
    return null;
  return raw.slice(only.index, only.index + only[0].length);
}
const VALUE = '[^\\s|:丨,。()\\[\\]【】]{1,20}';
const LABELLED = new RegExp(
  `(?:${SOURCE_WORD}|${EDITOR_WORD}|${AUTHOR_WORD}|${OTHER_WORD}|发布者|发布人|单位|索引号|文号|信息分类|主题分类)\\s*[:|]\\s*${VALUE}(?:[ 、](?!${SOURCE_WORD}|${EDITOR_WORD}|${AUTHOR_WORD}|${OTHER_WORD})[\\u4e00-\\u9fff]{2,4}(?![\\u4e00-\\u9fff:]))*`,
  'g',
);
const LABELLED_ONE = new RegExp(LABELLED.source);
const LABELLED_START = new RegExp(`^[[(【\\s]*${LABELLED.source}`);

/** Whether a folded line names people and their roles and says nothing else. */
export function isBylineOnly(text: string, housesToo = false): boolean {
  if (/[。;!?]/.test(text)) return false;
  const colon = /^[^:]{1,16}:(.*)$/.exec(text)?.[1];
  if (!housesToo && colon !== undefined && /^[\s“"]*[^\s,、|/]{5,}/.test(colon) && !BYLINE_WORDS_ONE.test(colon))
    return false;
  const rest = joinSpread(text)
    .replace(/(?<=[\u4e00-\u9fff]{2})(?:摄影)?报道$/, '')
    .replace(/^[\u4e00-\u9fffa-z\-—]{2,12}?(?=(?:首席|特派|特约|实习|见习|全媒体|融媒体?)?(?:记者|通讯员|评论员))/, '')
    .replace(BYLINE_WORDS, ' ')
    .split(/[\s,、:|/丨()[\]【】<>&·.■●◆□▍]+/)
    .filter((word) => word !== '');
  if (rest.length === 0 || rest.length > 24) return false;
  let people = 0;
  for (const word of rest) {
    if (isName(word)) people++;
    else if (!(housesToo ? isHouse(word) : OUTLET_LIKE.test(word))) return false;
  }
  return people > 0 || housesToo;
}
function isHouse(word: string): boolean {
  return (
    word.length <= 16 &&
    (OUTLET_LIKE.test(word) ||
      isOrganisation(word) ||
      /^(?:cfp|ic|ic photo|cnsphoto|视觉中国|中新社|新华社|网络)$/.test(word))
  );
}
const BYLINE_WORDS_ONE = new RegExp(BYLINE_WORDS.source);

const LABEL_AT = new RegExp(
  `(${SOURCE_WORD})|(${EDITOR_WORD})|(${AUTHOR_WORD})|(${OTHER_WORD}|时间|日期|浏览|阅读|点击|字号|字体|评论|分享)`,
  'g',
);

/** Reads every label of `raw`; `folded` is the same text folded, unit for unit. */
export function readLabels(raw: string, folded: string, into: Signed): void {
  if (!/[\u4e00-\u9fff]/.test(folded)) {
    readEnglish(raw, into);
    return;
  }
  const marks: { kind: number; start: number; end: number }[] = [];
  for (const match of folded.matchAll(LABEL_AT)) {
    const kind = match[1] !== undefined ? 1 : match[2] !== undefined ? 2 : match[3] !== undefined ? 3 : 4;
    marks.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i];
    if (mark === undefined || mark.kind === 4) continue;
    const stop = marks[i + 1]?.start ?? folded.length;
    const value = raw.slice(mark.end, stop);
    const foldedValue = folded.slice(mark.end, stop);
    if (mark.kind === 1) {
      const outlet = readOutlet(value, foldedValue);
      if (outlet !== null) into.outlets.push(outlet);
    } else {
      if (mark.kind === 3) into.authors.push(...readNames(value, foldedValue));
      else {
        const editor = readEditor(value, foldedValue);
        if (editor === null) continue;
        into.editors.push(editor);
        if (folded.charAt(mark.start) === '责') into.responsible.push(editor);
      }
    }
  }
}

/** The outlet that follows a source label; null where it is none. */
export function readOutlet(raw: string, folded: string): string | null {
  const match = /^[\s:|/丨>]*((?:(?!(?:19|20)\d\d[-年/.])[^\s:|丨()[\]【】<>,。;"']|(?<=[a-z]) (?=[a-z])){2,30})/.exec(
    folded,
  );
  if (match?.[1] === undefined) return null;
  const start = match[0].length - match[1].length;
  const written = raw.slice(start, start + match[1].length);
  // Marks around the whole name go; those around a part of it (江海台《新闻》) are of it.
  const outlet = /^[“"《「『][^”"》」』]*[”"》」』]?$/.test(written) ? written.replace(/^.|[”"》」』]$/g, '') : written;
  if (
    /^\d+$|^[\d\-/.]+$|^(?:网络|互联网|本站|原创|未知|不详|其他|其它|转载|综合|佚名|整理|无|编辑|作者|null|undefined|安徽|上海|江苏|浙江|北京|天津|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾)$/.test(
      match[1],
    )
  )
    return null;
  return outlet.length >= 2 ? outlet : null;
}

/** Editors as the line gives them: 张三, or 张三、李四; null where it names nobody. */
function readEditor(raw: string, folded: string): string | null {
  const names = readNames(raw, folded);
  const first = names[0];
  const last = names.at(-1);
  if (first === undefined || last === undefined) {
    const other = /^[\s:|/丨]*([^\s:|丨()[\]【】<>,。;"']{2,12})\s*[\])】]?\s*$/.exec(folded)?.[1];
    return other === undefined || /^\d+$|^(?:admin|editor|管理员|佚名|未知)$/.test(other)
      ? null
      : raw.slice(folded.indexOf(other), folded.indexOf(other) + other.length);
  }
  return raw.slice(raw.indexOf(first), raw.lastIndexOf(last) + last.length).replace(/\s+/g, ' ');
}
