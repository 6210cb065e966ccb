/** `deltawire check --fix`: writes the new addresses of sources that moved for good into sources.yaml. */
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readdress } from '../../config/files/readdress.ts';
import { proposedMove, type ProposedMove } from '../../sources/moves.ts';
import { readSourceStates } from '../../store/sources/sources.ts';
import type { Config } from '../../model/config.ts';
import { withStore } from './explain.ts';
import { type ExitCode, print } from '../output/exit.ts';

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

/** Changes the file, after a copy of it to `sources.yaml.bak`, and says each change. 1 where a person must do the rest. */
export async function fixMoves(folder: string, moves: readonly ProposedMove[]): Promise<ExitCode> {
  if (moves.length === 0) {
    await print('no source has moved for good: nothing to change');
    return 0;
  }
  const path = join(folder, 'sources.yaml');
  const { text, done, left } = readdress(await readFile(path, 'utf8'), moves);
  if (done.length > 0) {
    await copyFile(path, `${path}.bak`);
    // Written beside and renamed, so that the daemon that watches the folder never reads half a file.
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
  for (const { source, from, to } of done) await print(`${path}: ${source}: ${from} → ${to}`);
  if (done.length > 0) await print(`the file as it was: ${path}.bak`);
  for (const { source, from, to } of left)
    await print(`${path}: ${source}: not changed, for its block is not written plainly; write ${to} for ${from}`);
  return left.length === 0 ? 0 : 1;
}
