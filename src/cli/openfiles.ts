/** Looks whether the system lets this program open enough files, before anything else is loaded: it would end in the middle of that. */
import { readFileSync } from 'node:fs';

/** Modules are loaded a hundred and more at a time; a worker with its connections, files and requests has half of this. */
const LEAST = 256;

/** Tells on stderr, in the language of the locale, where it does not. True where the system does not say, as on macOS. */
export async function mayOpenEnough(): Promise<boolean> {
  const limit = mostFiles();
  if (limit === null || limit >= LEAST) return true;
  // One after the other: each opens files, too.
  const { reason } = await import('../reasons/catalogue.ts');
  const { say } = await import('../reasons/render.ts');
  const { spoken } = await import('./output/locale.ts');
  const why = reason('command.open-files', { limit, least: LEAST });
  process.stderr.write(`deltawire: ${say(why, spoken())}\n`);
  return false;
}

/** The limit in force (proc(5), "limits"); null where there is none, or no /proc. */
function mostFiles(): number | null {
  try {
    const [, most] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return most === undefined ? null : Number(most);
  } catch {
    return null;
  }
}
