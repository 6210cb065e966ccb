/** `deltawire init`: writes a commented config into a folder. */
import { fileURLToPath } from 'node:url';
import { configFilesIn, writeStarterConfig } from '../../config/files/starter.ts';
import { reason } from '../../reasons/catalogue.ts';
import { messageOf } from '../../text/messageof.ts';
import { CommandError, type ExitCode, print, tellReason } from '../output/exit.ts';
import { SHIPPED_CONFIG } from '../output/version.ts';

export async function runInit(folder: string): Promise<ExitCode> {
  const refuse = (error: unknown): never => {
    throw new CommandError([tellReason(reason('init.refused', { folder, said: messageOf(error) }))], 1);
  };
  const there = await configFilesIn(folder).catch(refuse);
  if (there.length > 0) throw new CommandError([tellReason(reason('init.there', { folder, files: there }))], 1);
  const files = await writeStarterConfig(fileURLToPath(SHIPPED_CONFIG), folder).catch(refuse);
  await print(tellReason(reason('init.done', { folder, files: files.filter((name) => name.endsWith('.yaml')) })));
  await print(tellReason(reason('init.next', { folder })));
  return 0;
}
