/** Finds the page of a story where `perSource` has each page take its stories in turn, and remembers where pages begin. */
import type { Store } from '../../store/redis/keys.ts';
import { readLeads } from '../../store/stories/front.ts';
import { readRevisions } from '../../store/stories/stories.ts';
import { createPage } from './editionpage.ts';

interface Asked {
  readonly edition: string;
  readonly since: number | null;
  readonly size: number;
  readonly perSource: number;
  readonly story: string;
  /** Of the story in the edition, from 0. */
  readonly rank: number;
}

type Turn =
  | { readonly kind: 'page'; readonly page: number }
  /** `page`: where it would have been. */
  | { readonly kind: 'crowded'; readonly source: string; readonly perSource: number; readonly page: number }
  | { readonly kind: 'absent' };

export interface PageTurns {
  /** The page, from 1. Until the edition changes, what was walked for one story is not walked again for another. */
  readonly find: (store: Store, asked: Asked) => Promise<Turn>;
}

/** Ranks of the stories that pages begin with, as far as they are known, at one revision of an edition. */
interface Beginnings {
  readonly stamp: string;
  readonly ranks: number[];
}

export function createPageTurns(): PageTurns {
  const known = new Map<string, Beginnings>();
  /** Edition → the search under way: others wait for what it finds. */
  const searching = new Map<string, Promise<unknown>>();

  async function search(store: Store, asked: Asked): ReturnType<PageTurns['find']> {
    const found = await walk(store, asked, asked.rank);
    if (found.kind !== 'absent') return found;
    // Others came before it meanwhile.
    known.delete(asked.edition);
    return walk(store, asked, Number.MAX_SAFE_INTEGER);
  }

  async function walk(store: Store, asked: Asked, to: number): ReturnType<PageTurns['find']> {
    const { edition, since, size, perSource, story, rank } = asked;
    const revision = (await readRevisions(store))[edition];
    const stamp = `${revision} ${size} ${perSource}`;
    const kept = known.get(edition);
    const { ranks } = kept?.stamp === stamp ? kept : remember(edition, stamp);
    let page = ranks.findLastIndex((begins) => begins <= rank) + 1;
    let at = ranks[page - 1] ?? 0;
    const begin = () => createPage({ limit: size, perSource, pass: 0 });
    let current = begin();
    for await (const leads of readLeads(store, edition, { since, from: at, to }))
      for (const { story: id, source } of leads) {
        let became = current.take(source, true);
        if (became === 'next') {
          page++;
          if (page > ranks.length) ranks.push(at);
          current = begin();
          became = current.take(source, true);
        }
        if (id === story)
          return became === 'crowded' ? { kind: 'crowded', source, perSource, page } : { kind: 'page', page };
        at++;
      }
    return { kind: 'absent' };
  }

  function remember(edition: string, stamp: string): Beginnings {
    const fresh = { stamp, ranks: [0] };
    known.set(edition, fresh);
    return fresh;
  }

  return {
    find: (store, asked) => {
      const before = searching.get(asked.edition) ?? Promise.resolve();
      const mine = before.catch(() => undefined).then(() => search(store, asked));
      searching.set(asked.edition, mine);
      return mine;
    },
  };
}
