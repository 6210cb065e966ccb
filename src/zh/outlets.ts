/** Knows outlets by their names and addresses: which house signs a report, which address speaks as 本报, which names are one house. */
import { readFileSync } from 'node:fs';
import { fold } from './script.ts';
import type { Span } from './span.ts';

interface Outlet {
  readonly name: string;
  /** Folded words of which one stands in the name of anything that belongs to the house. */
  readonly words: readonly string[];
  /** Hosts, without what stands before their registered part, that sign 本报 or 本网. */
  readonly hosts: readonly string[];
}

let outlets: readonly Outlet[] | undefined;

function loadOutlets(): readonly Outlet[] {
  return (outlets ??= readFileSync(new URL('data/outlets.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', words = '', hosts = ''] = line.split('\t');
      return { name, words: partsOf(fold(words)), hosts: partsOf(hosts) };
    }));
}

const partsOf = (list: string): readonly string[] => list.split(' ').filter((part) => part !== '');

/** The outlet that 本报 means on `address`; null where unknown. */
export function outletOf(address: string | null): string | null {
  if (address === null) return null;
  let host: string;
  try {
    host = new URL(address).hostname;
  } catch {
    return null;
  }
  const found = loadOutlets().find(({ hosts }) => hosts.some((one) => host === one || host.endsWith(`.${one}`)));
  return found?.name ?? null;
}

/** Whether two names of outlets belong to one house. */
export function sameFamily(one: string, other: string): boolean {
  const a = fold(one);
  const b = fold(other);
  if (a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2)) return true;
  const isOf = (name: string, words: readonly string[]): boolean => words.some((word) => name.includes(word));
  return loadOutlets().some(({ words }) => isOf(a, words) && isOf(b, words));
}

const OWN = /^本[报网站刊台社]/;
const ENDINGS = '客户端 融媒体中心 融媒体 新闻 在线 频道 之声 广播 卫视 周刊 头条 财经 汇点 社 网 报 台 号'.split(' ');
const LONGEST_NAME = 18;
const MOST_HOUSES = 3;
const NAME_UNIT = /[\u4e00-\u9fffa-z·\-—]/;
const NO_NAME = /[了的在和从向]|(?<=[\d一二三四五六七八九十])[年月日]/;
const JOINT = /^[·•—/\-、 ]/;
// 台北, 烟台: the character of a station in the name of a place.
const TAI_BEFORE = /^台[北州湾中南东山前儿江安]/;
const PLACE_IN_TAI = /^(?:烟|邢|天|丰|五|东|桓|高|凤|钓鱼)台/;

export interface House {
  readonly house: Span | null;
  /** 本报, 本网, 本台. */
  readonly own: boolean;
  /** Where the houses end; 0 where `text` begins with none. */
  readonly end: number;
}

/** The houses that folded `text` begins with: 新华社, 解放日报·上观新闻, 本报. */
export function houseAt(text: string): House {
  if (OWN.test(text)) return { house: null, own: true, end: 2 };
  let end = 0;
  for (let count = 0; count < MOST_HOUSES; count++) {
    const joint = count > 0 && JOINT.test(text.slice(end)) ? 1 : 0;
    const length = lengthOfHouse(text.slice(end + joint));
    if (length === 0) break;
    end += joint + length;
  }
  return { house: end === 0 ? null : [0, end], own: false, end };
}

/** Characters of the one name of a house that `text` begins with: the shortest that ends like one, and what prolongs it (新闻 + 网). */
function lengthOfHouse(text: string): number {
  if (PLACE_IN_TAI.test(text)) return 0;
  for (let at = 1; at < Math.min(text.length, LONGEST_NAME); at++) {
    if (!NAME_UNIT.test(text.charAt(at - 1))) return 0;
    let length = endingAt(text, at);
    if (length === 0) continue;
    if (NO_NAME.test(text.slice(0, at))) return 0;
    length += at;
    for (let more = endingAt(text, length); more > 0; more = endingAt(text, length)) length += more;
    return length;
  }
  return 0;
}

/** Length of the ending of a house's name that stands at `at`; 0 without one. */
function endingAt(text: string, at: number): number {
  const ending = ENDINGS.find((one) => text.startsWith(one, at));
  return ending === undefined || TAI_BEFORE.test(text.slice(at, at + 2)) ? 0 : ending.length;
}
