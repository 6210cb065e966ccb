/** Writes the config that deltawire ships, with its comments and schemas, into a folder of its own. */
import { constants, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_NAMES, type FileName } from '../filenames.ts';

/** Files of the config that stand in the folder. A folder that is not there holds none. */
export async function configFilesIn(folder: string): Promise<readonly FileName[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return FILE_NAMES.filter((name) => names.includes(name));
}

/** `shipped`: the folder of the config that deltawire ships. Gives the names that it wrote. Throws where one of them is there already, or the folder cannot be written. */
export async function writeStarterConfig(shipped: string, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(shipped)).filter((name) => /\.(?:yaml|schema\.json)$/.test(name)).sort();
  for (const name of names) await copyFile(join(shipped, name), join(folder, name), constants.COPYFILE_EXCL);
  return names;
}
