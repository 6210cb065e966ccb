/** Finds the programs that tests start, and says which Debian package brings one that is not on this machine. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of `names` that is on PATH. Throws, naming `debianPackage`, where none is. */
export function findProgram(names: readonly string[], debianPackage = names[0] ?? ''): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  throw new Error(
    `this test needs ${names.join(' or ')}, which is not on this machine: ` +
      `\`sh scripts/need.sh ${names[0]}\` installs it (Debian package ${debianPackage})`,
  );
}

export const redisServer = (): string => findProgram(['redis-server', 'valkey-server']);
