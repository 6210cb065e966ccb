/** Reads the lines above and below articles of English editions: By X | Outlet | Updated: …, Editor: Y. */
import type { Signed } from './signed.ts';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}';
const DATE = new RegExp(
  `(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\b${MONTH}\\.? \\d{1,2},? (?:19|20)\\d{2}|\\b\\d{1,2}[ -]${MONTH}[ ,-]{1,2}(?:19|20)\\d{2}`,
);
const TIME = /\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|(?:utc|gmt|bjt)(?:\+\d{1,2})?/g;
const LABEL =
  /\b(?:(?:web|copy|photo|chief) )?(?:editors?|sources?|by|updated|published|posted|last updated|pub ?date|release date)(?=\s*:|\s)/g;
const NAME = "[A-Z][A-Za-z.'-]{0,20}(?: [A-Z][A-Za-z.'-]{0,20}){0,3}";
const NAMES = new RegExp(`^${NAME}(?:(?:, | and | & )${NAME}){0,5}`);
const HOUSE =
  /(?:Daily|Times|News|Post|Agency|Online|Herald|Journal|Weekly|Television|Radio|Network|Net|Xinhua|CGTN|Reporter)$/;
// Source: www.example.org.
const SITE = /^(?:[a-z\d-]{1,40}\.){1,4}[a-z]{2,6}$/;
const MOST_LINE = 120;
// By the river, By next Friday: no person.
const NO_PERSON =
  /^by (?:the|a|an|this|that|its?|their|his|her|our|all|some|next|last|then|now|late|early|mid|\d|year|end|noon|contrast|means|way|far)\b/;

/** Whether a folded line, which holds no ideographs, names writers, editors, the outlet or the time of an article and says nothing else. */
export function isEnglishLine(text: string): boolean {
  if (text.length > MOST_LINE || /[\u4e00-\u9fff!?;]/.test(text) || !/[a-z]{2}/.test(text)) return false;
  if (/^[[(]?(?:(?:web|copy|photo|chief) )?(?:editors?|sources?) ?: ?[a-z]/.test(text)) return true;
  if (/^by [a-z]/.test(text) && !NO_PERSON.test(text) && !/[a-z]{3}\. |[a-z]{3}\.$/.test(text)) return isShort(text);
  const date = DATE.exec(text);
  if (date === null) return false;
  const before = text.slice(0, date.index);
  return (
    (before.includes('|') || lettersOf(before) === '') &&
    lettersOf(text.slice(date.index + date[0].length)).length <= 24
  );
}

function lettersOf(text: string): string {
  return text
    .replace(TIME, '')
    .replace(LABEL, '')
    .replace(/[^a-z]/g, '');
}

/** by, two names of three words each, and: a line with more words before its first bar, bracket or number is a clause. */
const MOST_WORDS = 8;

function isShort(text: string): boolean {
  const words = (text.split(/[|(\d]/, 1)[0] ?? '').trim().split(/\s+/);
  return words.length <= MOST_WORDS;
}

/** Reads the writers, editors and outlet of `raw`, a line that isEnglishLine takes. */
export function readEnglish(raw: string, into: Signed): void {
  const segments = raw.split(/[|()[\]]|\s{2,}|(?=\b(?:(?:(?:Web|Copy) )?Editors?|Sources?)\s?:)/);
  let signed = false;
  for (const segment of segments) {
    const part = segment.trim();
    const [, label, value] = /^((?:Web |Copy |Chief )?Editors?|Sources?|By|BY)(?:\s?:\s?|\s)(.+)$/.exec(part) ?? [];
    const names = value === undefined ? '' : (NAMES.exec(value)?.[0] ?? '');
    if (label === undefined) {
      if (signed && NAMES.exec(part)?.[0] === part && !/^(?:Updated|Published|Share)/.test(part))
        into.outlets.push(part);
      continue;
    }
    if (names === '') {
      const site = label.startsWith('S') ? SITE.exec(value ?? '')?.[0] : undefined;
      if (site !== undefined) into.outlets.push(site);
      continue;
    }
    if (label.endsWith('y') || label.endsWith('Y')) {
      signed = true;
      if (HOUSE.test(names)) into.outlets.push(names);
      else into.authors.push(...names.split(/, | and | & /));
    } else if (label.startsWith('S')) into.outlets.push(names);
    else into.editors.push(names);
  }
}
