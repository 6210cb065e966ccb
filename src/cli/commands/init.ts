/** `deltawire init`: writes a commented config into a folder. */
import { configFilesIn, writeStarterConfig } from '../../config/files/starter.ts';
import { reason } from '../../reasons/catalogue.ts';
import { messageOf } from '../../text/messageof.ts';
import { CommandError, type ExitCode, print, tellReason } from '../output/exit.ts';

export async function runInit(folder: string): Promise<ExitCode> {
  try {
    const there = await configFilesIn(folder);
    if (there.length > 0) throw new CommandError([tellReason(reason('init.there', { folder, files: there }))], 1);
    const files = await writeStarterConfig(folder);
    await print(tellReason(reason('init.done', { folder, files: files.filter((name) => name.endsWith('.yaml')) })));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError([tellReason(reason('init.refused', { folder, said: messageOf(error) }))], 1);
  }
  await print(tellReason(reason('init.next', { folder })));
  return 0;
}
