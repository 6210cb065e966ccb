/** `deltawire backup` and `deltawire restore`: the store and the config as one file, whole, also while the daemon runs. */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readEnvironment } from '../../config/environment.ts';
import { readConfigText, replaceConfigText } from '../../config/files/save.ts';
import { configFilesIn } from '../../config/files/starter.ts';
import type { FileName } from '../../config/filenames.ts';
import { reason } from '../../reasons/catalogue.ts';
import { readBeats } from '../../store/beats.ts';
import { parseStoreAddress } from '../../text/storeaddress.ts';
import type { RedisAddress } from '../../store/redis/connect.ts';
import { LAYOUT, type Store } from '../../store/redis/keys.ts';
import { clearStore, holdsKeys, loadSnapshot, takeSnapshot } from '../../store/redis/snapshot.ts';
import { messageOf } from '../../text/messageof.ts';
import { CommandError, type ExitCode, printReason, refuse } from '../output/exit.ts';
import { endProgress, showProgress } from '../output/progress.ts';
import { VERSION } from '../output/version.ts';
import { withStore } from './explain.ts';

const run = promisify(execFile);

/** Names within the archive. */
const ABOUT = 'backup.json';
const SNAPSHOT = 'store.rdb';
const CONFIG = 'config';
/** What the archive says of itself. `database`: number of the Redis database that the store is in. */
const about = z.object({
  deltawire: z.string(),
  at: z.string(),
  layout: z.string(),
  database: z.number().int().min(0),
});

export async function runBackup(file: string, { config }: { readonly config: string }): Promise<ExitCode> {
  const size = await withStore((_store, address) => backUp(file, config, address));
  await printReason(reason('backup.done', { file, size }));
  return 0;
}

/** Gives the size of the file in bytes. Nothing stands under its name before it is whole. */
async function backUp(file: string, configFolder: string, address: RedisAddress): Promise<number> {
  if (await stat(file).catch(() => null)) throw refuse(reason('backup.exists', { file }));
  return withFolder(dirname(resolve(file)), async (folder) => {
    await snapshot(address, join(folder, SNAPSHOT));
    await mkdir(join(folder, CONFIG));
    for (const name of await configFilesIn(configFolder))
      await copyFile(join(configFolder, name), join(folder, CONFIG, name));
    const said: z.infer<typeof about> = {
      deltawire: VERSION,
      at: new Date().toISOString(),
      layout: LAYOUT,
      database: databaseOf(address),
    };
    await writeFile(join(folder, ABOUT), JSON.stringify(said));
    const draft = join(folder, 'archive');
    await archive('-czf', draft, '-C', folder, ABOUT, SNAPSHOT, CONFIG);
    await chmod(draft, 0o600);
    await rename(draft, file);
    return (await stat(file)).size;
  });
}

async function snapshot(address: RedisAddress, file: string): Promise<void> {
  try {
    await takeSnapshot(address, file);
  } catch (error) {
    if (isMissing(error)) throw refuse(reason('backup.no-program', { program: 'redis-cli', debian: 'redis-tools' }));
    throw refuse(reason('backup.refused', { said: lastLine(error) }));
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What a program said last before it failed. */
function lastLine(error: unknown): string {
  const { stderr } = error as { readonly stderr?: string };
  return (stderr ?? '').trim().split('\n').at(-1) || messageOf(error);
}

async function archive(...args: readonly string[]): Promise<void> {
  try {
    await run('tar', args);
  } catch (error) {
    if (isMissing(error)) throw refuse(reason('backup.no-program', { program: 'tar', debian: 'tar' }));
    throw error;
  }
}

function databaseOf(address: RedisAddress): number {
  return 'url' in address ? (parseStoreAddress(address.url)?.database ?? 0) : 0;
}

/** A folder for the time of `use`, in `parent`: what is made there is moved into place, not copied. */
async function withFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, '.deltawire-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function runRestore(
  file: string,
  options: { readonly config: string; readonly replace: boolean },
): Promise<ExitCode> {
  const { redisUrl, dataFolder } = readEnvironment(process.env);
  const keys = await withFolder(dirname(resolve(file)), async (folder) => {
    const { database } = await open(file, folder);
    const changed = await differing(join(folder, CONFIG), options.config);
    if (redisUrl === null) await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    return withStore(async (store, address) => {
      await makeRoom(file, store, address, changed, options);
      const copied = await loadSnapshot(join(folder, SNAPSHOT), database, store, showProgress);
      endProgress();
      await writeConfig(join(folder, CONFIG), options.config);
      return copied;
    });
  });
  await printReason(reason('restore.done', { keys, file, folder: options.config }));
  return 0;
}

/** Unpacks a backup. Throws where the file is none, or of another layout. */
async function open(file: string, folder: string): Promise<z.infer<typeof about>> {
  await archive('-xzf', file, '-C', folder, '--no-same-owner').catch((error: unknown) => {
    throw error instanceof CommandError ? error : refuse(reason('restore.none', { file }));
  });
  const said = await readFile(join(folder, ABOUT), 'utf8').then(
    (text) => about.safeParse(JSON.parse(text)),
    () => null,
  );
  if (said?.success !== true || !(await stat(join(folder, SNAPSHOT)).catch(() => null)))
    throw refuse(reason('restore.none', { file }));
  if (said.data.layout !== LAYOUT)
    throw refuse(reason('restore.layout', { file, layout: said.data.layout, known: LAYOUT }));
  return said.data;
}

/** Files of the config that are not as the backup has them. */
async function differing(backup: string, folder: string): Promise<readonly FileName[]> {
  const kept = await configFilesIn(backup);
  const there = await configFilesIn(folder);
  const texts = await Promise.all(
    there.map(async (name) => [await readConfigText(backup, name), await readConfigText(folder, name)] as const),
  );
  return there.filter((name, i) => !kept.includes(name) || texts[i]?.[0].hash !== texts[i]?.[1].hash);
}

/** Sees to it that nothing is overwritten that nobody has: what stands there goes into a backup first, if it may go. */
async function makeRoom(
  file: string,
  store: Store,
  address: RedisAddress,
  changed: readonly FileName[],
  { config, replace }: { readonly config: string; readonly replace: boolean },
): Promise<void> {
  const [beat] = await readBeats(store);
  if (beat !== undefined) throw refuse(reason('restore.running', { process: `${beat.host}, pid ${beat.pid}` }));
  const full = await holdsKeys(store);
  if (!replace) {
    if (full) throw refuse(reason('restore.store-full'));
    if (changed.length > 0) throw refuse(reason('restore.config-differs', { folder: config, files: changed }));
  }
  if (!full && changed.length === 0) return;
  const before = `${file.replace(/\.(?:tgz|tar\.gz)$/, '')}.before-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}.tar.gz`;
  const size = await backUp(before, config, address);
  await printReason(reason('backup.done', { file: before, size }));
  await clearStore(store);
}

async function writeConfig(backup: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await configFilesIn(backup)) {
    const [{ text, hash: wanted }, { hash }] = [await readConfigText(backup, name), await readConfigText(folder, name)];
    if (wanted === hash) continue;
    const written = await replaceConfigText(folder, name, text, hash, Date.now());
    if (!written.ok) throw refuse(reason('restore.not-written', { file: join(folder, name), why: written.why }));
  }
}
