/** Finds what a few words may mean: places, editions, pages of the desk, sources, stories. */
import { liesInAny } from '../../divisions/codes.ts';
import { loadGazetteer } from '../../divisions/gazetteer.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import { fold } from '../../zh/script.ts';
import type { WebDeps } from '../deps.ts';
import { readNarrowing } from '../feeds/query.ts';
import { selectStories, sinceOf } from '../feeds/selection.ts';
import { fromStore } from '../http/storetimeout.ts';
import { placeAbove, provincesOf } from '../status/placelist.ts';
import { DESK, href, type PageContext } from '../ui/layout.tsx';
import { writerFor } from '../ui/written.ts';
import type { Phrase } from '../ui/words/site.ts';

/** Of each kind; further ones are found by more words. */
const MOST = 8;

interface Answer {
  readonly text: string;
  /** Path within this server. */
  readonly href: string;
  /** What tells it from others of its name. */
  readonly note: string;
  /** Of a place: its feed. */
  readonly feed?: string;
}

export interface AnswerGroup {
  readonly kind: 'places' | 'editions' | 'pages' | 'sources' | 'stories' | 'ledger';
  readonly title: Phrase;
  readonly answers: readonly Answer[];
}

/**
 * Groups with something in them. `mayList`: the asker has proved that the desk is theirs.
 * Stories cost a search, `withLedger` another one, the rest no command.
 */
export async function findAnswers(
  deps: WebDeps,
  context: PageContext,
  { q, mayList, withLedger }: { readonly q: string; readonly mayList: boolean; readonly withLedger: boolean },
): Promise<readonly AnswerGroup[]> {
  const word = fold(q);
  if (word === '') return [];
  const { editions, sources } = deps.config();
  const has = (...texts: readonly string[]) => texts.some((text) => fold(text).includes(word));
  const groups: readonly AnswerGroup[] = [
    { kind: 'places', title: 'regions', answers: placesOf(deps, word) },
    {
      kind: 'editions',
      title: 'editions',
      answers: editions
        .filter(({ id, title }) => has(id, title))
        .map(({ id, title }) => ({ text: title, href: href('/', { edition: id }), note: id })),
    },
    {
      kind: 'pages',
      title: 'pages',
      answers: (context.desk === 'shown' ? DESK : []).flatMap(([phrase, to]) =>
        has(context.say(phrase), to) ? [{ text: context.say(phrase), href: to, note: '' }] : [],
      ),
    },
    {
      kind: 'sources',
      title: 'sources',
      answers: (mayList ? sources : [])
        .filter(({ id, name }) => has(id, name))
        .map(({ id, name }) => ({ text: name, href: href('/status/source', { id }), note: id })),
    },
    { kind: 'stories', title: 'story', answers: await storiesOf(deps, context, q) },
    { kind: 'ledger', title: 'ledger', answers: mayList && withLedger ? await decisionsOn(deps, context, q) : [] },
  ];
  return groups.flatMap(({ answers, ...rest }) =>
    answers.length === 0 ? [] : [{ ...rest, answers: answers.slice(0, MOST) }],
  );
}

/** Places that the editions may have news of, those whose name begins so first. */
function placesOf({ config, regionCodes, regionName }: WebDeps, word: string): Answer[] {
  const { editions } = config();
  const [edition] = editions;
  if (edition === undefined) return [];
  const within = editions.map((one) => provincesOf(one, regionCodes, regionName).map(({ code }) => code));
  const isCovered = (code: string) => within.some((codes) => codes.length === 0 || liesInAny(code, codes));
  const isFirst = ({ name }: { readonly name: string }) => Number(fold(name).startsWith(word));
  return loadGazetteer()
    .places.filter(({ code, name }) => (fold(name).includes(word) || code === word) && isCovered(code))
    .toSorted((a, b) => isFirst(b) - isFirst(a))
    .slice(0, MOST)
    .map(({ code, name }) => ({
      text: name,
      href: href('/', { region: code }),
      note: placeAbove(code, regionName)?.name ?? '',
      feed: href(`/feeds/${encodeURIComponent(edition.id)}.rss`, { region: code }),
    }));
}

async function storiesOf(deps: WebDeps, { script }: PageContext, q: string): Promise<Answer[]> {
  const config = deps.config();
  const [edition] = config.editions;
  const narrowed = edition && readNarrowing({ q, limit: String(MOST) }, edition, config, deps.regionCodes);
  if (edition === undefined || narrowed?.ok !== true) return [];
  const { narrowing } = narrowed;
  const since = sinceOf(edition, deps.now());
  const { rows } = await fromStore(() => selectStories(deps.store, { edition, narrowing, since }));
  return rows.map(({ story, lead }) => {
    const write = writerFor(lead.script, script);
    return {
      text: write(lead.title || story.id),
      href: `/stories/${encodeURIComponent(story.id)}`,
      note: write(lead.outlet ?? ''),
    };
  });
}

/** What was decided on entries with these words in their title, also on those that no edition has, and why. */
async function decisionsOn({ store }: WebDeps, { say, tell }: PageContext, q: string): Promise<Answer[]> {
  const { rows } = await fromStore(() => queryLedger(store, { text: q, limit: MOST }));
  return rows.map(({ title, entry, decision, reason }) => ({
    text: title || entry,
    href: href('/ledger/entry', { id: entry }),
    note: `${say(decision)} · ${tell(reason)}`,
  }));
}
