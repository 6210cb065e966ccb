/** Tells the form of a line from its folded text: dated line, byline, credits, labels with their values. */
import { isName, isOrganisation, joinSpread } from '../../zh/people.ts';
import {
  AUTHOR_WORD,
  DATE,
  DATED_REPORT,
  EDITOR_WORD,
  FILLER,
  LABELLED,
  OTHER_WORD,
  OUTLET_LIKE,
  SOURCE_WORD,
  TIME,
} from './labelwords.ts';

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

const LABELLED_ONE = new RegExp(LABELLED.source);
const LABELLED_START = new RegExp(`^[[(【\\s]*${LABELLED.source}`);

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

/** Whether a folded line is the name of an outlet and nothing else. */
export function isOutlet(line: string): boolean {
  return OUTLET_LIKE.test(line);
}

const BYLINE_WORDS = new RegExp(
  `${AUTHOR_WORD}|(?:${OTHER_WORD}|${EDITOR_WORD}|${SOURCE_WORD})(?=\\s*[:|/丨\\s]|$)`,
  'g',
);
const BYLINE_WORDS_ONE = new RegExp(BYLINE_WORDS.source);

/** Whether a folded line names people and their roles and says nothing else. */
export function isBylineOnly(text: string, housesToo = false): boolean {
  if (/[。;!?]/.test(text)) return false;
  const colon = /^[^:]{1,16}:(.*)$/.exec(text)?.[1];
  if (!housesToo && colon !== undefined && /^[\s“"]*[^\s,、|/]{5,}/.test(colon) && !BYLINE_WORDS_ONE.test(colon))
    return false;
  const rest = joinSpread(text)
    .replace(/(?<=[\u4e00-\u9fff]{2})(?: ?\/ ?[\u4e00-\u9fff]{2})?(?:摄影)?报[道导]$/, '')
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
