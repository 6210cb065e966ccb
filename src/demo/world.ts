/** The made-up press of the demo: what each sample outlet has published by a given time. */
import { picturePath } from './picture.ts';
import { mirrorCopy } from './mirror.ts';
import { chinaClock } from './stamps.ts';
import { outlets } from './sampleoutlets.ts';
import type { Outlet } from './sampleoutlets.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { drawPerson, tellNotice, tellStory, tellTrap } from './storyteller.ts';
import type { Story } from './storyteller.ts';
import { beijingDate, HOUR_MS, MINUTE_MS } from '../text/time.ts';

/** One story as one outlet published it. */
export interface Item {
  readonly outlet: Outlet;
  readonly number: number;
  /** On the demo server: `/jianghuai/2026/1123/c1024.html`. */
  readonly path: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly topic: string;
  readonly city: string;
  readonly province: string;
  readonly at: number;
  readonly reporter: string;
  readonly editor: string;
  /** Name of the outlet it was first published by. */
  readonly origin: string;
  readonly isCopy: boolean;
  /** On the demo server; null: it has none. */
  readonly picture: string | null;
}

export interface World {
  /** Lets everything arrive that was due by `now`. A clock that stands still or goes back brings nothing. */
  advance(now: number): void;
  /** Newest first, as many as a feed shows. */
  itemsOf(outletId: string): readonly Item[];
  itemAt(path: string): Item | null;
  /** Items that arrived since the start. */
  arrivals(): number;
}

const BACKLOG_MS = 46 * HOUR_MS;
const BACKLOG_OWN = 7;
const BACKLOG_COPIES = 4;
const FEED_LENGTH = 30;
/** Article pages kept; the oldest are forgotten, so that a demo left running for weeks stays small. */
const MOST_ITEMS = 6000;
/** After a long sleep of the machine, at most this many items arrive at once and the rest are left out. */
const MOST_AT_ONCE = 1500;
/** Templates that an outlet does not tell again at once. */
const LATELY = 14;
/** Every third story has no picture. */
const PLAIN = 3;
const FROZEN_AT = Date.UTC(2022, 11, 14, 8, 30);
const FROZEN_SEED = 2022;
/** Item numbers go on from the seconds since 2020, so that a later run on the same data does not give old numbers anew. */
const NUMBERS_SINCE = Date.UTC(2020, 0, 1);

interface Reprint {
  readonly due: number;
  readonly outlet: Outlet;
  readonly item: Item;
}

/** What has been published so far, and what the next items are drawn from. */
interface Press {
  readonly byOutlet: ReadonlyMap<string, Item[]>;
  readonly byPath: Map<string, Item>;
  readonly titles: Set<string>;
  /** Templates that each outlet told last, newest first. */
  readonly lately: Map<string, readonly string[]>;
  readonly live: Random;
  /** Outlets that write stories of their own. */
  readonly own: readonly Outlet[];
  reprints: readonly Reprint[];
  /** Items that were due since the start. */
  ticks: number;
  lastNumber: number;
}

export function createWorld(options: { startedAt: number; intervalMs: number; seed: number }): World {
  const { startedAt, intervalMs, seed } = options;
  const press: Press = {
    byOutlet: new Map(outlets.map(({ id }) => [id, []])),
    byPath: new Map(),
    titles: new Set(),
    lately: new Map(),
    live: seededRandom(seed),
    own: outlets.filter(({ deltaShare }) => deltaShare !== null),
    reprints: [],
    ticks: 0,
    lastNumber: Math.floor((startedAt - NUMBERS_SINCE) / 1000),
  };
  let origin = startedAt;
  let arrived = 0;
  fillFrozen(press);
  fillBacklog(press, startedAt);
  return {
    advance(now) {
      let due = Math.floor((now - origin) / intervalMs) - press.ticks;
      if (due > MOST_AT_ONCE) {
        origin += (due - MOST_AT_ONCE) * intervalMs;
        due = MOST_AT_ONCE;
      }
      for (; due > 0; due--) {
        press.ticks++;
        arrived++;
        arrive(press, origin + press.ticks * intervalMs);
      }
    },
    itemsOf: (outletId) => press.byOutlet.get(outletId) ?? [],
    itemAt: (path) => press.byPath.get(path) ?? null,
    arrivals: () => arrived,
  };
}

function listOf({ byOutlet }: Press, outlet: Outlet): Item[] {
  return byOutlet.get(outlet.id) ?? [];
}

function publish(
  press: Press,
  outlet: Outlet,
  facts: Omit<Item, 'outlet' | 'number' | 'path' | 'picture'> & { readonly picture?: Item['picture'] },
  number = ++press.lastNumber,
): Item {
  const path = `/${outlet.id}/${beijingDate(facts.at).replace(/-/, '/').replace('-', '')}/c${number}.html`;
  const hasOwn = facts.paragraphs.length > 0 && number % PLAIN > 0;
  const { picture = hasOwn ? picturePath(facts.topic, number) : null } = facts;
  const item = { ...facts, outlet, number, path, picture };
  press.titles.add(item.title);
  press.byPath.set(path, item);
  const list = listOf(press, outlet);
  list.push(item);
  list.sort((a, b) => b.at - a.at || b.number - a.number);
  if (list.length > FEED_LENGTH) list.length = FEED_LENGTH;
  if (press.byPath.size > MOST_ITEMS) forgetOldest(press);
  return item;
}

function forgetOldest(press: Press): void {
  for (const [path, item] of press.byPath) {
    if (listOf(press, item.outlet).includes(item)) continue;
    press.byPath.delete(path);
    press.titles.delete(item.title);
    return;
  }
}

function freshStory(press: Press, outlet: Outlet, at: number, random: Random): Story {
  const { titles, lately } = press;
  const told = lately.get(outlet.id) ?? [];
  let story = chooseStory(outlet, told, at, random);
  for (let attempt = 0; titles.has(story.title) && attempt < 100; attempt++) {
    story = chooseStory(outlet, told, at, random);
  }
  lately.set(outlet.id, [story.template, ...told].slice(0, LATELY));
  return titles.has(story.title) ? { ...story, title: `${story.title}（续${press.lastNumber}）` } : story;
}

function publishOwn(press: Press, outlet: Outlet, at: number, random: Random, number?: number): Item {
  const story = freshStory(press, outlet, at, random);
  const { title, topic, city, province, reporter } = story;
  const paragraphs = open(outlet, story, at);
  const editor = drawPerson(random);
  const own = { origin: outlet.name, isCopy: false };
  return publish(press, outlet, { title, paragraphs, topic, city, province, at, reporter, editor, ...own }, number);
}

/** Null where the copy's headline is one that already stands. */
function publishCopy(press: Press, outlet: Outlet, item: Item, at: number): Item | null {
  const dressed = dressCopy(outlet, item, press.live);
  if (press.titles.has(dressed.title)) return null;
  const { topic, city, province, reporter, editor, origin } = item;
  const picture = outlet.form === 'rss-mirror' ? null : item.picture;
  const same = { topic, city, province, reporter, editor, origin, picture };
  return publish(press, outlet, { ...dressed, ...same, at, isCopy: true });
}

/** Who reprints an item just published. */
function takers({ live }: Press, item: Item): readonly Outlet[] {
  if (item.paragraphs.length < 2) return [];
  return outlets.filter(
    ({ reprints: from, provinces, reprintShare }) =>
      from.includes(item.outlet.id) &&
      (provinces.length === 0 || provinces.includes(item.province)) &&
      live.chance(reprintShare),
  );
}

function fillBacklog(press: Press, startedAt: number): void {
  const { live, own } = press;
  const rounds = Array.from({ length: BACKLOG_OWN }, () => shuffled(own, live)).flat();
  const stepMs = BACKLOG_MS / rounds.length;
  rounds.forEach((outlet, index) => {
    const at = startedAt - BACKLOG_MS + Math.floor(stepMs * index) + live.whole(0, Math.floor(stepMs) - 1);
    const item = publishOwn(press, outlet, at, live);
    const mirrors = outlets.filter(({ form, reprints }) => form === 'rss-mirror' && reprints.includes(outlet.id));
    for (const taker of new Set([...mirrors, ...takers(press, item)])) {
      const later = at + live.whole(10, 100) * MINUTE_MS;
      const copies = listOf(press, taker).filter(({ isCopy }) => isCopy).length;
      if (copies < BACKLOG_COPIES || mirrors.includes(taker)) {
        publishCopy(press, taker, item, Math.min(later, startedAt - MINUTE_MS));
      }
    }
  });
}

/** The same items in every run, whatever the seed. */
function fillFrozen(press: Press): void {
  const frozen = seededRandom(FROZEN_SEED);
  for (const outlet of outlets.filter(({ form }) => form === 'rss-frozen')) {
    for (let age = 0; age < 8; age++) publishOwn(press, outlet, FROZEN_AT - age * 5 * HOUR_MS, frozen, 100 - age);
  }
}

function arrive(press: Press, at: number): void {
  const { live, own, ticks } = press;
  const due = press.reprints.find((reprint) => reprint.due <= ticks);
  if (due !== undefined) {
    press.reprints = press.reprints.filter((reprint) => reprint !== due);
    if (publishCopy(press, due.outlet, due.item, at) !== null) return;
  }
  const item = publishOwn(press, live.pick(own), at, live);
  const next = takers(press, item).map((outlet) => ({ due: ticks + live.whole(2, 9), outlet, item }));
  press.reprints = [...press.reprints, ...next];
}

function chooseStory(outlet: Outlet, lately: readonly string[], at: number, random: Random): Story {
  const isDelta = outlet.deltaShare === null || random.chance(outlet.deltaShare);
  const scope = { area: isDelta ? 'delta' : 'elsewhere', provinces: outlet.provinces } as const;
  if (random.chance(outlet.noticeShare)) return tellNotice(scope, at, random);
  // National outlets tell the traps in place of stories from elsewhere, so that the region's share stays what it is.
  const isNational = outlet.region === undefined;
  if (random.chance(outlet.trapShare) && !(isNational && isDelta)) {
    const trap = tellTrap(isNational ? null : outlet.id, lately, at, random);
    if (trap !== null) return trap;
  }
  return tellStory(scope, lately, at, random);
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.whole(0, left.length - 1), 1));
}

function open(outlet: Outlet, story: Story, at: number): readonly string[] {
  const [first, ...rest] = story.paragraphs;
  if (first === undefined || first === '') return [];
  const { month, day } = chinaClock(at);
  const openings = {
    wire: `${outlet.name}${story.city}${month}月${day}日电 (记者 ${story.reporter})`,
    paper: `本报${story.city}${month}月${day}日讯（记者 ${story.reporter}）`,
  } as const;
  return [openings[outlet.dateline] + first, ...rest];
}

function dressCopy(outlet: Outlet, item: Item, random: Random): Pick<Item, 'title' | 'paragraphs'> {
  if (outlet.form === 'rss-mirror') return mirrorCopy(item, random);
  return { title: outlet.mark + item.title, paragraphs: [...item.paragraphs, `（来源：${item.origin}）`] };
}
