/** Reads what label lines name (来源, 责任编辑, 记者 …): outlets, writers and editors; patterns see folded text. */
import { isName, readNames } from '../../zh/people.ts';
import { readEnglish } from './english.ts';
import {
  AUTHOR_WORD,
  DATE,
  DATED_REPORT,
  EDITOR_WORD,
  FILLER,
  LABELLED,
  OTHER_WORD,
  OUTLET_LIKE,
  PROVINCE,
  SOURCE_WORD,
  TIME,
} from './labelwords.ts';
import type { Signed } from './signed.ts';

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

const NO_OUTLET = new RegExp(
  `^\\d+$|^[\\d\\-/.]+$|^(?:网络|互联网|本站|原创|未知|不详|其他|其它|转载|综合|佚名|整理|无|编辑|作者|null|undefined|${PROVINCE})$`,
);

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
  if (NO_OUTLET.test(match[1])) return null;
  return outlet.length >= 2 ? outlet : null;
}

/** Editors as the line gives them: 张三, or 张三、李四; null where it names nobody. */
function readEditor(raw: string, folded: string): string | null {
  const names = readNames(raw, folded);
  const first = names[0];
  const last = names.at(-1);
  if (first === undefined || last === undefined) {
    // 责任编辑:支小明 SF099: the number of an editor.
    const other = /^[\s:|/丨]*([^\s:|丨()[\]【】<>,。;"']{2,12})(?: [a-z]{1,3}\d{2,5})?\s?[\])】]?\s?$/.exec(
      folded,
    )?.[1];
    return other === undefined || /^\d+$|^(?:admin|editor|管理员|佚名|未知)$/.test(other)
      ? null
      : raw.slice(folded.indexOf(other), folded.indexOf(other) + other.length);
  }
  return raw.slice(raw.indexOf(first), raw.lastIndexOf(last) + last.length).replace(/\s+/g, ' ');
}

const REPORTERS_OF =
  /^[[(【■●◆\s]*([\u4e00-\u9fffa-z]{1,9}(?:报|社|网|台|新闻|客户端|在线|卫视))(?:首席|特派|特约|实习|见习|全媒体|融媒体?){0,4}(?:记者|评论员)/;

/** The outlet whose reporters sign a byline; null for 本报 and its like. */
export function outletOfReporters(raw: string, folded: string): string | null {
  const match = REPORTERS_OF.exec(folded);
  if (match?.[1] === undefined || match[1].startsWith('本')) return null;
  const at = folded.indexOf(match[1]);
  return raw.slice(at, at + match[1].length);
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
