/** Finds what a command names, and tells where it stands. */
import { createStandings } from '../../daemon/standings.ts';
import type { Config } from '../../model/config.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Store } from '../../store/redis/keys.ts';
import type { AskedEntry, Standing } from '../../model/standing.ts';
import { tellReason } from './exit.ts';

/** By its address, by its id or its story's, by words of its title. */
export async function findStandings(
  store: Store,
  config: Config,
  name: string,
  edition: string | null = null,
): Promise<readonly Standing[]> {
  const standings = createStandings({ store, config: () => config, now: Date.now });
  const asked: AskedEntry[] = URL.canParse(name) ? [{ url: name }] : [{ id: name }, { title: name }];
  for (const one of asked) {
    const found = await standings.find(one, edition);
    if (found.length > 0) return found;
  }
  return [];
}

/** A line for each edition, under the entry's own. */
export function tellStanding(standing: Standing): string {
  const { title, link, entry, source, story } = standing;
  return [
    title,
    `  ${link ?? tellReason(reason('told.no-link'))}`,
    `  ${tellReason(story === null ? reason('told.entry', { entry, source }) : reason('told.entry-of-story', { entry, source, story }))}`,
    ...standing.in.map(({ edition, why }) => `  ${tellReason(reason('told.in', { edition, why }))}`),
    ...standing.out.map(({ edition, by, why }) => `  ${tellReason(reason('told.out', { edition, by, why }))}`),
  ].join('\n');
}
