/** `deltawire why`: tells in which editions an entry is now, on which page, and what keeps it out of the others. */
import { reason } from '../../reasons/catalogue.ts';
import { whyJson } from '../../reasons/standingjson.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, print, refuse } from '../output/exit.ts';
import { spoken } from '../output/locale.ts';
import { findStandings, tellStanding } from '../output/tellstanding.ts';
import { withStore } from './explain.ts';

interface WhyOptions {
  readonly config: string;
  readonly edition?: string;
  readonly json: boolean;
}

/** `name`: an address, an id of an entry or a story, or words of a title. Exit code 1 where no such entry is stored. */
export async function runWhy(name: string, { config: folder, edition, json }: WhyOptions): Promise<ExitCode> {
  const config = await requireConfig(folder);
  const known = config.editions.map(({ id }) => id);
  if (edition !== undefined && !known.includes(edition)) throw refuse(reason('why.no-edition', { edition, known }), 2);
  const [first, ...others] = await withStore((store) => findStandings(store, config, name, edition));
  if (first === undefined) throw refuse(reason('explain.none', { name }));
  const language = spoken();
  if (json) await print(JSON.stringify(whyJson([first, ...others], language)));
  else for (const one of [first, ...others]) await print(tellStanding(one));
  return 0;
}
