/** `deltawire check --fix`: writes the new addresses of sources that moved for good into sources.yaml. */
import { join } from 'node:path';
import { readdress } from '../../config/files/readdress.ts';
import { readConfigText, replaceConfigText } from '../../config/files/save.ts';
import { proposedMove, type ProposedMove } from '../../sources/moved.ts';
import { readSourceStates } from '../../store/sources/sources.ts';
import type { Config } from '../../model/config.ts';
import { say } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { withStore } from './explain.ts';
import { CommandError, type ExitCode, print } from '../output/exit.ts';

/** Which sources of this config the daemon's polls have found elsewhere for good. */
export async function findMoves(config: Config): Promise<ProposedMove[]> {
  return withStore(async (store) => {
    const states = await readSourceStates(
      store,
      config.sources.map(({ id }) => id),
    );
    return config.sources.flatMap((source, i) => {
      const state = states[i];
      return state === undefined ? [] : (proposedMove(state, source.url) ?? []);
    });
  });
}

/** Changes the file, keeps the old one in backups/, and says each change. 1 where a person must do the rest. */
export async function fixMoves(folder: string, moves: readonly ProposedMove[]): Promise<ExitCode> {
  if (moves.length === 0) {
    await print('no source has moved for good: nothing to change');
    return 0;
  }
  const path = join(folder, 'sources.yaml');
  const before = await readConfigText(folder, 'sources.yaml');
  const { text, done, left } = readdress(before.text, moves);
  if (done.length > 0) {
    const saved = await replaceConfigText(folder, 'sources.yaml', text, before.hash, Date.now());
    if (!saved.ok) throw new CommandError([say(saved.why, languageOf(process.env))], 1);
    for (const { source, from, to } of done) await print(`${path}: ${source}: ${from} → ${to}`);
    if (saved.backup !== null) await print(`the file as it was: ${join(folder, saved.backup)}`);
  }
  for (const { source, from, to } of left)
    await print(`${path}: ${source}: not changed, for its block is not written plainly; write ${to} for ${from}`);
  return left.length === 0 ? 0 : 1;
}
