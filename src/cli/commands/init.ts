/** `deltawire init`: writes a commented config into a folder. */
import { fileURLToPath } from 'node:url';
import { configFilesIn, writeStarterConfig } from '../../config/files/starter.ts';
import { reason } from '../../reasons/catalogue.ts';
import { whyOf } from '../../reasons/whyof.ts';
import { type ExitCode, printReason, refuse } from '../output/exit.ts';
import { SHIPPED_CONFIG } from '../output/version.ts';

export async function runInit(folder: string): Promise<ExitCode> {
  const fail = (error: unknown): never => {
    throw refuse(reason('init.refused', { folder, why: whyOf(error) }));
  };
  const there = await configFilesIn(folder).catch(fail);
  if (there.length > 0) throw refuse(reason('init.there', { folder, files: there }));
  const files = await writeStarterConfig(fileURLToPath(SHIPPED_CONFIG), folder).catch(fail);
  await printReason(reason('init.done', { folder, files: files.filter((name) => name.endsWith('.yaml')) }));
  await printReason(reason('init.next', { folder }));
  return 0;
}
