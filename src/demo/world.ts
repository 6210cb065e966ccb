/** Turns the time on the clock into the items that each sample outlet has published so far. */
import { mirrorCopy } from './mirror.ts';
import { chinaClock } from './stamps.ts';
import { outlets } from './outlets.ts';
import type { Outlet } from './outlets.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { drawPerson, tellNotice, tellStory, tellTrap } from './stories.ts';
import type { Story } from './stories.ts';
import { beijingDate, HOUR_MS } from '../text/time.ts';

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
/** After a long sleep of the machine, at most this many items arrive at once and the rest never do. */
const MOST_AT_ONCE = 1500;
/** Templates that an outlet does not tell again at once. */
const LATELY = 14;
const FROZEN_AT = Date.UTC(2022, 11, 14, 8, 30);
const FROZEN_SEED = 2022;
/** Item numbers go on from the seconds since 2020, so that a later run on the same data does not give old numbers anew. */
const NUMBERS_SINCE = Date.UTC(2020, 0, 1);

interface Reprint {
  readonly due: number;
  readonly outlet: Outlet;
  readonly item: Item;
}

export function createWorld(options: { startedAt: number; intervalMs: number; seed: number }): World {
  const { startedAt, intervalMs, seed } = options;
  const byOutlet = new Map<string, Item[]>(outlets.map(({ id }) => [id, []]));
  const byPath = new Map<string, Item>();
  const titles = new Set<string>();
  const lately = new Map<string, string[]>();
  const live = seededRandom(seed);
  const own = outlets.filter(({ deltaShare }) => deltaShare !== null);
  let reprints: Reprint[] = [];
  let origin = startedAt;
  let ticks = 0;
  let arrived = 0;
  let last = Math.floor((startedAt - NUMBERS_SINCE) / 1000);

  const listOf = (outlet: Outlet): Item[] => byOutlet.get(outlet.id) ?? [];

  function publish(outlet: Outlet, facts: Omit<Item, 'outlet' | 'number' | 'path'>, number = ++last): Item {
    const path = `/${outlet.id}/${beijingDate(facts.at).replace(/-/, '/').replace('-', '')}/c${number}.html`;
    const item = { ...facts, outlet, number, path };
    titles.add(item.title);
    byPath.set(path, item);
    const list = listOf(outlet);
    list.push(item);
    list.sort((a, b) => b.at - a.at || b.number - a.number);
    if (list.length > FEED_LENGTH) list.length = FEED_LENGTH;
    if (byPath.size > MOST_ITEMS) forgetOldest();
    return item;
  }

  function forgetOldest(): void {
    for (const [path, item] of byPath) {
      if (listOf(item.outlet).includes(item)) continue;
      byPath.delete(path);
      titles.delete(item.title);
      return;
    }
  }

  function freshStory(outlet: Outlet, at: number, random: Random): Story {
    const told = lately.get(outlet.id) ?? [];
    let story = chooseStory(outlet, told, at, random);
    for (let attempt = 0; titles.has(story.title) && attempt < 100; attempt++) {
      story = chooseStory(outlet, told, at, random);
    }
    lately.set(outlet.id, [story.template, ...told].slice(0, LATELY));
    return titles.has(story.title) ? { ...story, title: `${story.title}（续${last}）` } : story;
  }

  function publishOwn(outlet: Outlet, at: number, random: Random, number?: number): Item {
    const story = freshStory(outlet, at, random);
    const { title, topic, city, province, reporter } = story;
    const paragraphs = open(outlet, story, at);
    const editor = drawPerson(random);
    const facts = {
      title,
      paragraphs,
      topic,
      city,
      province,
      at,
      reporter,
      editor,
      origin: outlet.name,
      isCopy: false,
    };
    return publish(outlet, facts, number);
  }

  /** Null where the copy's headline is one that already stands. */
  function publishCopy(outlet: Outlet, item: Item, at: number): Item | null {
    const { title, paragraphs } = dressCopy(outlet, item, live);
    if (titles.has(title)) return null;
    const { topic, city, province, reporter, editor, origin: from } = item;
    return publish(outlet, {
      title,
      paragraphs,
      topic,
      city,
      province,
      at,
      reporter,
      editor,
      origin: from,
      isCopy: true,
    });
  }

  /** Who reprints an item just published. */
  function takers(item: Item): readonly Outlet[] {
    if (item.paragraphs.length < 2) return [];
    return outlets.filter(
      ({ reprints: from, provinces, reprintShare }) =>
        from.includes(item.outlet.id) &&
        (provinces.length === 0 || provinces.includes(item.province)) &&
        live.chance(reprintShare),
    );
  }

  function fillBacklog(): void {
    const rounds = Array.from({ length: BACKLOG_OWN }, () => shuffled(own, live)).flat();
    const stepMs = BACKLOG_MS / rounds.length;
    rounds.forEach((outlet, index) => {
      const at = startedAt - BACKLOG_MS + Math.floor(stepMs * index) + live.whole(0, Math.floor(stepMs) - 1);
      const item = publishOwn(outlet, at, live);
      const mirrors = outlets.filter(({ form, reprints }) => form === 'rss-mirror' && reprints.includes(outlet.id));
      for (const taker of new Set([...mirrors, ...takers(item)])) {
        const later = at + live.whole(10, 100) * 60_000;
        const copies = listOf(taker).filter(({ isCopy }) => isCopy).length;
        if (copies < BACKLOG_COPIES || mirrors.includes(taker)) {
          publishCopy(taker, item, Math.min(later, startedAt - 60_000));
        }
      }
    });
  }

  /** The same items in every run, whatever the seed. */
  function fillFrozen(): void {
    const frozen = seededRandom(FROZEN_SEED);
    for (const outlet of outlets.filter(({ form }) => form === 'rss-frozen')) {
      for (let age = 0; age < 8; age++) publishOwn(outlet, FROZEN_AT - age * 5 * HOUR_MS, frozen, 100 - age);
    }
  }

  function arrive(at: number): void {
    const due = reprints.find((reprint) => reprint.due <= ticks);
    if (due !== undefined) {
      reprints = reprints.filter((reprint) => reprint !== due);
      if (publishCopy(due.outlet, due.item, at) !== null) return;
    }
    const item = publishOwn(live.pick(own), at, live);
    for (const outlet of takers(item)) reprints.push({ due: ticks + live.whole(2, 9), outlet, item });
  }

  fillFrozen();
  fillBacklog();
  return {
    advance(now) {
      let due = Math.floor((now - origin) / intervalMs) - ticks;
      if (due > MOST_AT_ONCE) {
        origin += (due - MOST_AT_ONCE) * intervalMs;
        due = MOST_AT_ONCE;
      }
      for (; due > 0; due--) {
        ticks++;
        arrived++;
        arrive(origin + ticks * intervalMs);
      }
    },
    itemsOf: (outletId) => byOutlet.get(outletId) ?? [],
    itemAt: (path) => byPath.get(path) ?? null,
    arrivals: () => arrived,
  };
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
