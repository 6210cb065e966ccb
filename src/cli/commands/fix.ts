/** `deltawire check --fix`: writes the new addresses of sources that moved for good into sources.yaml. */
import { join } from 'node:path';
import { readdress } from '../../config/files/readdress.ts';
import { readConfigText, replaceConfigText } from '../../config/files/save.ts';
import { proposedMove, type ProposedMove } from '../../sources/moved.ts';
import { readSourceStates } from '../../store/sources/sources.ts';
import type { Config } from '../../model/config.ts';
import { reason } from '../../reasons/catalogue.ts';
import { withStore } from './explain.ts';
import { type ExitCode, printReason, refuse } from '../output/exit.ts';

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
    await printReason(reason('check.none-moved'));
    return 0;
  }
  const path = join(folder, 'sources.yaml');
  const before = await readConfigText(folder, 'sources.yaml');
  const { text, done, left } = readdress(before.text, moves);
  if (done.length > 0) {
    const saved = await replaceConfigText(folder, 'sources.yaml', text, before.hash, Date.now());
    if (!saved.ok) throw refuse(saved.why);
    for (const { source, from, to } of done) await printReason(reason('check.moved', { file: path, source, from, to }));
    if (saved.backup !== null) await printReason(reason('check.kept', { file: join(folder, saved.backup) }));
  }
  for (const { source, from, to } of left)
    await printReason(reason('check.move-left', { file: path, source, from, to }));
  return left.length === 0 ? 0 : 1;
}
