/** Reads who signs a text: reporters in a byline, and the byline or editor that closes the last paragraph. */
import { withoutRanks } from './dateline.ts';
import { isName, joinSpread, readNames } from './people.ts';

const ROLE =
  /记者团|记者|通讯员|报道员|摄影|文(?=[\s:/])|图(?=[\s:/])|作者|撰稿|评论员|参与采写|采写|参与记者|整理|供稿|报道|实习生/g;

/** People in a byline such as 记者 张三 李四 通讯员王五. */
export function readPeople(raw: string, folded: string): readonly string[] {
  const names: string[] = [];
  let from = 0;
  for (const match of folded.matchAll(ROLE)) {
    const start = withoutRanks(folded, match.index);
    // What is glued to the front of the first role is a house: 江海记者 陆小波.
    if (from > 0 || /[\s、]$/.test(folded.slice(0, start))) add(from, start);
    from = match.index + match[0].length;
  }
  add(from, folded.length);
  return names.filter((name, at) => names.indexOf(name) === at);

  function add(start: number, end: number): void {
    if (start < end) names.push(...readNames(raw.slice(start, end), folded.slice(start, end), from > 0));
  }
}

// A phrase in brackets that closes an article signs it where it holds people; an organisation belongs to the text.
const CLOSING = /[([【]([^()[\]【】]{2,60})[)\]】]\s*$/;

export interface ClosingByline {
  readonly authors: readonly string[];
  /** Where the bracket opens. */
  readonly at: number;
}

/** The byline in brackets at the end of `raw`; null where the bracket says something else. */
export function readClosing(raw: string, folded: string): ClosingByline | null {
  const match = CLOSING.exec(folded);
  if (match?.[1] === undefined) return readGluedByline(raw, folded);
  const start = match.index + match[0].indexOf(match[1]);
  const inner = folded.slice(start, start + match[1].length);
  if (/[。,;!?]/.test(inner)) return null;
  const labelled =
    /记者|通讯员|作者|撰稿|评论员|采写|执笔|供稿$|[文图][/、 ]?[图文]|^文[/: ]/.test(inner) &&
    !/:..../.test(inner.replace(/(?:记者|通讯员|作者|撰稿|采写|执笔|员)\s*:/g, ''));
  const words = joinSpread(inner)
    .split(/[\s、/]+/)
    .filter((word) => word !== '');
  const bare = words.length <= 5 && words.every((word) => isName(word));
  if (!labelled && !bare) return null;
  const authors = readPeople(raw.slice(start, start + match[1].length), inner);
  if (authors.length === 0) return null;
  return { authors, at: match.index };
}

// （編輯：陳清芳）1130515: an agency's editor and its day (of the Minguo calendar) close the last paragraph.
const CLOSING_EDITOR = /[([【](?:责任)?编(?:辑|译)\s?[:/]\s?([\u4e00-\u9fff、/ ]{2,24})[)\]】]\s?\d{0,8}$/;

/** Where the editor in brackets at the end of a folded text begins, and the label with its value; null without one. */
export function readClosingEditor(folded: string): { readonly at: number; readonly length: number } | null {
  const match = CLOSING_EDITOR.exec(folded.length > 60 ? folded.slice(-60) : folded);
  return match === null ? null : { at: folded.length - match[0].length, length: match[0].length };
}

// …硬仗。”本报记者 徐小璨: the byline follows the last full stop without a bracket.
const GLUED =
  /(?<=[。!?…][”’」』]?)\s*((?:[\u4e00-\u9fff]{2,8}?)?(?:首席|特派|特约|实习|见习|全媒体|融媒体?)?(?:记者|通讯员|文\/|文:|撰文|作者)[\s:/|]*[\u4e00-\u9fff、\s·]{2,30})$/;

function readGluedByline(raw: string, folded: string): ClosingByline | null {
  const match = GLUED.exec(folded);
  if (match?.[1] === undefined) return null;
  const start = match.index + match[0].length - match[1].length;
  const authors = readPeople(raw.slice(start), folded.slice(start));
  const named = authors.join('').length;
  const rest = match[1].replace(/[\s:/|、]/g, '').length - named;
  return authors.length === 0 || rest > 14 ? null : { authors, at: match.index };
}
