/** Answers where an entry stands now, asking the functions that place stories and serve feeds, with the config in force. */
import { canonicalLink } from '../clean/fields/link.ts';
import type { Config, Edition } from '../model/config.ts';
import { type Judgement, isKeptOutUnjudged } from '../model/decision.ts';
import type { Reason } from '../model/reason.ts';
import type { Relevance } from '../model/region.ts';
import type { Story, Withdrawal } from '../model/story.ts';
import { createJudge, type Judge } from '../pipeline/judgement.ts';
import { reason } from '../reasons/catalogue.ts';
import { factsOf } from '../sources/configured.ts';
import { queryLedger } from '../store/ledger/ledger.ts';
import type { Store } from '../store/redis/keys.ts';
import { entriesOfKey, readEntry, readStory, resolveStory } from '../store/stories/stories.ts';
import { linkKey } from '../story/keys/fingerprint.ts';
import { onceForEach } from '../text/onceforeach.ts';
import { DAY_MS, beijingDate } from '../text/time.ts';
import { type PlaceInDigests, placeInDigests } from '../web/feeds/digestpage.ts';
import { createPageTurns, type PageTurns } from '../web/feeds/pageturns.ts';
import { type PlaceInFeed, placeInFeed } from '../web/feeds/placeof.ts';
import { storyNamed } from '../web/story/address.ts';
import type { AskedEntry, KeptOutBy, Standing, StandingIn, StandingOut } from '../model/standing.ts';

/** An address is looked up among what came since. */
const LOOK_BACK_MS = 366 * DAY_MS;
/** Entries of one address or title that are answered for. */
const MOST_ENTRIES = 10;

export interface StandingDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly now: () => number;
}

export interface Standings {
  /** Editions that have the story, and where: what readers may know. Digests have no place for each story. */
  readonly placesOf: (story: Story) => Promise<readonly StandingIn[]>;
  /** The newest first; empty where nothing such is stored. `edition`: only of this one; null: of each. */
  readonly find: (asked: AskedEntry, edition: string | null) => Promise<readonly Standing[]>;
  /** Null where the entry is not stored. */
  readonly of: (entry: string) => Promise<Standing | null>;
}

export function createStandings(deps: StandingDeps): Standings {
  const judgeOf = onceForEach((config: Config) => createJudge(config));
  const turns = createPageTurns();
  const of = (entry: string, edition: string | null) =>
    standingOf({ ...deps, turns }, judgeOf(deps.config()), entry, edition);
  return {
    of: (entry) => of(entry, null),
    placesOf: async (story) => {
      const editions = deps.config().editions.filter(({ digest }) => digest === null);
      const places = editions.map((edition) => placeIn({ ...deps, turns }, edition, story));
      return (await Promise.all(places)).flatMap((place, i) =>
        place?.kind === 'on-page' ? [onPage(editions[i] as Edition, place)] : [],
      );
    },
    find: async (asked, edition) => {
      const ids = await entriesAsked(deps, asked);
      const found = await Promise.all(ids.slice(0, MOST_ENTRIES).map((id) => of(id, edition)));
      return found.filter((one) => one !== null);
    },
  };
}

/** Ids of entries, those that were decided on last first. */
async function entriesAsked({ store, now }: StandingDeps, asked: AskedEntry): Promise<readonly string[]> {
  if ('id' in asked) return entriesOfId(store, storyNamed(asked.id) ?? asked.id);
  if ('title' in asked) return decidedOn(store, { text: asked.title });
  const link = canonicalLink(asked.url);
  const [decided, kept] = await Promise.all([decidedOn(store, { link }), entriesAt(store, link, now())]);
  const story = decided.length + kept.length === 0 ? storyNamed(asked.url) : null;
  return story === null ? [...new Set([...decided, ...kept])] : entriesOfId(store, story);
}

/** `id`: of an entry or a story. */
async function entriesOfId(store: Store, id: string): Promise<readonly string[]> {
  const story = await readStory(store, await resolveStory(store, id));
  // A story has the id of its first entry, which answers for both while it is one of the story's copies.
  const isCopy = story?.copies.some(({ entry }) => entry === id) === true;
  return story === null || isCopy ? [id] : [...new Set([id, story.lead])];
}

/** Ids of the stored entries at an address; `link`: in its canonical form. */
export function entriesAt(store: Store, link: string, now: number): Promise<string[]> {
  return entriesOfKey(store, linkKey(link), now, LOOK_BACK_MS);
}

async function decidedOn(store: Store, query: { text: string } | { link: string }): Promise<string[]> {
  const { rows } = await queryLedger(store, { ...query, limit: 5 * MOST_ENTRIES });
  return [...new Set(rows.map(({ entry }) => entry))];
}

async function standingOf(deps: PlacingDeps, judge: Judge, id: string, only: string | null): Promise<Standing | null> {
  const { store, config } = deps;
  const stored = await readEntry(store, id);
  if (stored === null) return null;
  const { entry, regions, themes, outletPlace, ledger } = stored;
  const facts = factsOf(config(), entry.source);
  const relevance = judge.weigh(entry, { regions, themes, outletPlace }, facts);
  const last = ledger.at(-1);
  // What the cleaner or a limit set aside is not judged by its regions.
  const aside = last !== undefined && isKeptOutUnjudged(last.rule) ? last.reason : null;
  const judgement = judge.judge(entry, relevance, facts);
  const story = await readStory(store, await resolveStory(store, stored.story));
  const isCopy = story?.copies.some((copy) => copy.entry === id) === true || (aside === null && !judgement.barred);
  const standing = { in: [] as StandingIn[], out: [] as StandingOut[] };
  for (const edition of config().editions) {
    if (only !== null && edition.id !== only) continue;
    const { id: name, title } = edition;
    const place = story === null || !isCopy ? null : await placeIn(deps, edition, story);
    if (place?.kind === 'on-page') standing.in.push(onPage(edition, place));
    else if (place?.kind === 'in-digest') standing.in.push(inDigest(edition, place));
    else if (place?.kind === 'in-none')
      standing.out.push({
        edition: name,
        title,
        by: 'digest',
        why: reason('standing.no-digest', { stories: place.most }),
      });
    else if (place?.kind === 'too-old' || place?.kind === 'crowded')
      standing.out.push({ edition: name, title, ...outOfFeed(place) });
    else if (isCopy && story?.withdrawn !== undefined && wouldHave(edition, story.withdrawn, judgement))
      standing.out.push({ edition: name, title, by: 'withdrawn', why: byHand(story.withdrawn) });
    else if (aside !== null) standing.out.push({ edition: name, title, by: 'barred', why: aside });
    else standing.out.push({ edition: name, title, ...outByJudgement(name, judgement, relevance) });
  }
  const { title, link, source } = entry;
  return { entry: id, title, link, source, story: isCopy ? (story?.id ?? null) : null, ...standing };
}

interface PlacingDeps extends StandingDeps {
  readonly turns: PageTurns;
}

async function placeIn(
  { store, turns, now }: PlacingDeps,
  edition: Edition,
  story: Story,
): Promise<PlaceInFeed | PlaceInDigests | null> {
  if (edition.digest !== null) return placeInDigests(store, edition, edition.digest, story);
  return story.editions.includes(edition.id) ? placeInFeed(store, turns, edition, story.id, now()) : null;
}

function onPage({ id, title }: Edition, place: PlaceInFeed & { kind: 'on-page' }): StandingIn {
  const { page, rank, stories, size, orderAt } = place;
  const why = reason('standing.page', { page, rank, stories, size });
  return { edition: id, title, page, day: beijingDate(orderAt), why };
}

function inDigest({ id, title }: Edition, { page, day, stories }: PlaceInDigests & { kind: 'in-digest' }): StandingIn {
  return { edition: id, title, page, day, why: reason('standing.digest', { day, stories }) };
}

const byHand = ({ said }: Withdrawal): Reason => reason('operator.withdraw', { said });

/** Whether nothing but the withdrawal keeps it out of the edition. */
function wouldHave({ id }: Edition, { editions }: Withdrawal, judgement: Judgement): boolean {
  return editions.includes(id) || judgement.editions.includes(id);
}

type OutOf = Pick<StandingOut, 'by' | 'why'>;

function outOfFeed(place: PlaceInFeed & { kind: 'too-old' | 'crowded' }): OutOf {
  if (place.kind === 'too-old')
    return { by: 'maxAge', why: reason('standing.max-age', { published: place.orderAt, most: place.maxAgeMs }) };
  const { source, perSource: most, page } = place;
  return { by: 'perSource', why: reason('standing.per-source', { source, most, page }) };
}

/** Code of a reason → what it is called in the answer; any other is the region's. */
const BY: Readonly<Record<string, KeptOutBy>> = {
  'edition.not-its-source': 'sources',
  'edition.drop': 'drop',
  'region.outlet-elsewhere': 'match',
  'region.outlet-unknown': 'match',
};

function outByJudgement(edition: string, judgement: Judgement, relevance: readonly Relevance[]): OutOf {
  if (judgement.barred) return { by: 'drop', why: judgement.reason };
  if (judgement.editions.includes(edition)) return { by: 'placing', why: reason('standing.placing') };
  const why: Reason = relevance.find((one) => one.edition === edition)?.why ?? reason('edition.none');
  return { by: BY[why.code] ?? 'region', why };
}
