/** Turns the heads of reports that name the reporter before the place, or no month, or are English, into what they say. */
import type { ReadDateline } from './readdateline.ts';
import { isName, readNames } from './people.ts';
import { readNumber } from './dates.ts';

const OPEN = '[【\\[(〔]';
const CLOSE = '[】\\])〕]';
const NUMBER = '(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3})';
const HOUSE = '([\\u4e00-\\u9fffa-z·]{2,10}?(?:社|网|报|台|新闻|在线|客户端|之声)|本[报网台刊社])';
const DAY = `(?:(?:(${NUMBER})月)?(${NUMBER})日)`;
// （中央社記者王小明台北2日電）, 〔記者王小明／台北報導〕, 江海报记者王小明江北报道：
const REPORTED = new RegExp(
  `^(${OPEN})?\\s*${HOUSE}?(?:首席|特派|特约|实习|见习|全媒体|融媒体?|驻[\\u4e00-\\u9fff]{2,3})*记者\\s*([\\u4e00-\\u9fff、 ]{2,24}?)\\s*(?:/\\s*([\\u4e00-\\u9fff]{2,8}?))?\\s*${DAY}?(?:即时|综合|专题|连线|现场|摄影|外)*(?:报导|报道|电|讯)\\s*(?:${CLOSE}\\s*|[:,]\\s*|(?=\\s)|$)`,
);
// （中央社台北2日電）: the reader knows the month.
const MONTHLESS = new RegExp(`^${OPEN}\\s*${HOUSE}([\\u4e00-\\u9fff]{2,6}?)${DAY}(?:综合|专|外)*电\\s*${CLOSE}\\s*`);
const NO_PLACE = /^(?:综合|专题|即时|连线|联合|独家|现场|整理)$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// HEFEI, March 5 (Xinhua) --
const ENGLISH =
  /^([A-Z][A-Z' ]{2,24})(?:, [A-Z][A-Za-z ]{2,20})?, ([A-Z][a-z]{2,8})\.? (\d{1,2}) \(([A-Z][A-Za-z .]{1,30})\)\s*[-–—]{1,2}\s*/;

/** The head of `raw`, whose folded text begins with `head`; null where it is of another form. */
export function readReporterHead(raw: string, head: string): ReadDateline | null {
  const english = ENGLISH.exec(raw.slice(0, 120));
  if (english !== null) return ofEnglish(english);
  const reported = REPORTED.exec(head);
  if (reported?.[3] !== undefined && (reported[1] === undefined || new RegExp(`${CLOSE}\\s*$`).test(reported[0]))) {
    const at = head.indexOf(reported[3], head.indexOf('记者'));
    const people = splitPeople(reported[3], reported[4]);
    if (people === null) return null;
    const place = reported[4] === undefined ? people.place : reported[4];
    const placeAt = place === '' ? 0 : head.indexOf(place, reported[4] === undefined ? at : at + reported[3].length);
    return {
      ...ofHouse(raw, head, reported[2]),
      dateline: {
        place: NO_PLACE.test(place) ? '' : raw.slice(placeAt, placeAt + place.length),
        date: dateOf(reported[5], reported[6]),
      },
      authors: readNames(raw.slice(at, at + people.length), head.slice(at, at + people.length), true),
      length: reported[0].length,
    };
  }
  const monthless = MONTHLESS.exec(head);
  if (monthless?.[2] === undefined) return null;
  const placeAt = head.indexOf(monthless[2], head.indexOf(monthless[1] ?? '') + (monthless[1] ?? '').length);
  return {
    ...ofHouse(raw, head, monthless[1]),
    dateline: {
      place: raw.slice(placeAt, placeAt + monthless[2].length),
      date: dateOf(monthless[3], monthless[4]),
    },
    authors: [],
    length: monthless[0].length,
  };
}

function ofHouse(raw: string, head: string, house: string | undefined): Pick<ReadDateline, 'outlet' | 'own'> {
  // Who signs without a house signs in their own.
  if (house === undefined) return { outlet: null, own: true };
  if (house.startsWith('本')) return { outlet: null, own: true };
  const at = head.indexOf(house);
  return { outlet: raw.slice(at, at + house.length), own: false };
}

/** 王小明台北: where the last name ends and the place begins; null where no name begins there. */
function splitPeople(
  people: string,
  given: string | undefined,
): { readonly length: number; readonly place: string } | null {
  const from = Math.max(people.lastIndexOf('、'), people.lastIndexOf(' ')) + 1;
  const last = people.slice(from);
  for (const length of [3, 2, 4]) {
    const rest = last.slice(length);
    if (last.length < length || !isName(last.slice(0, length))) continue;
    if (rest === '' || (given === undefined && rest.length >= 2)) return { length: from + length, place: rest };
  }
  return null;
}

/** MM-DD, or DD where the month is left to the reader. */
function dateOf(month: string | undefined, day: string | undefined): string | null {
  const days = day === undefined ? null : readNumber(day);
  if (days === null || days < 1 || days > 31) return null;
  const written = String(days).padStart(2, '0');
  const months = month === undefined ? null : readNumber(month);
  return months === null ? written : `${String(months).padStart(2, '0')}-${written}`;
}

function ofEnglish([whole, place, month, day, house]: RegExpExecArray): ReadDateline | null {
  const at = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase());
  if (at < 0) return null;
  return {
    outlet: house ?? null,
    own: false,
    dateline: { place: place ?? '', date: dateOf(String(at + 1), day) },
    authors: [],
    length: whole.length,
  };
}
