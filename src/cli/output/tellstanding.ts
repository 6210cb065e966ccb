/** Finds what a command names, and tells where it stands. */
import { createStandings } from '../../daemon/standings.ts';
import type { Config } from '../../model/config.ts';
import { say } from '../../reasons/render.ts';
import type { Store } from '../../store/redis/keys.ts';
import type { AskedEntry, Standing } from '../../model/standing.ts';
import { languageOf } from './locale.ts';

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
  const language = languageOf(process.env);
  const { title, link, entry, source, story } = standing;
  return [
    title,
    `  ${link ?? 'no link'}`,
    `  entry ${entry} of ${source}${story === null ? '' : `, story ${story}`}`,
    ...standing.in.map(({ edition, why }) => `  in ${edition}: ${say(why, language)}`),
    ...standing.out.map(({ edition, by, why }) => `  not in ${edition} (${by}): ${say(why, language)}`),
  ].join('\n');
}
