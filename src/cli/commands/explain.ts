/** `deltawire explain`: tells where an entry stands now, and below from the ledger what was decided on it, and why. */
import { existsSync } from 'node:fs';
import { canonicalLink } from '../../clean/fields/link.ts';
import { readEnvironment } from '../../config/environment.ts';
import { startRedisChild } from '../../store/redis/child.ts';
import {
  answersWithin,
  closeRedis,
  connectRedis,
  createOutageWatch,
  redisAddress,
  type RedisAddress,
} from '../../store/redis/connect.ts';
import { KEY_PREFIX, type Store } from '../../store/redis/keys.ts';
import { socketPath } from '../../store/redis/lock.ts';
import type { LedgerRow } from '../../model/decision.ts';
import { readEntry } from '../../store/stories/stories.ts';
import { say } from '../../reasons/render.ts';
import { entriesAt } from '../../daemon/standings.ts';
import { isoWithOffset } from '../../text/time.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { languageOf } from '../output/locale.ts';
import { tellRegions } from '../output/tell.ts';
import { findStandings, tellStanding } from '../output/tellstanding.ts';
import type { Standing } from '../../model/standing.ts';

/** Prints every entry that is found, in the order asked for; exit code 1 where one of `names` is not stored. */
export async function runExplain(names: readonly string[], options: { readonly config: string }): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  return withStore<ExitCode>(async (store) => {
    const missing: string[] = [];
    for (const name of names) {
      const found = await findStandings(store, config, name);
      for (const standing of found) await explainOne(store, standing);
      if (found.length === 0) missing.push(name);
    }
    if (missing.length === 0) return 0;
    throw new CommandError(
      missing.map((name) => `${name}: no entry with this address, id or title is stored`),
      1,
    );
  });
}

/** Ids of the entries that an address stands for; an id stands for itself. */
export async function entriesNamed(store: Store, name: string): Promise<readonly string[]> {
  return URL.canParse(name) ? entriesAt(store, canonicalLink(name), Date.now()) : [name];
}

async function explainOne(store: Store, standing: Standing): Promise<void> {
  await print(tellStanding(standing));
  const rows = (await readEntry(store, standing.entry))?.ledger ?? [];
  if (rows.length > 0) await print('  decided:');
  for (const row of rows) await print(tellRow(row));
}

function tellRow(row: LedgerRow): string {
  const { decision, rule, reason, regions, editions, configVersion, at } = row;
  const evidence = regions
    .slice(0, 4)
    .map(
      (hit) =>
        `      ${hit.name} ${hit.code}: ${hit.evidence.map((e) => `${e.term} in the ${e.field} ${signed(e.weight)}`).join(', ')}`,
    );
  return [
    `  ${isoWithOffset(at, 'Asia/Shanghai')} ${decision} by ${rule} (config ${configVersion})`,
    `    ${say(reason, languageOf(process.env))}`,
    ...(editions.length === 0 ? [] : [`    editions: ${editions.join(', ')}`]),
    ...(regions.length === 0 ? [] : [`    regions: ${tellRegions(regions)}`, ...evidence]),
  ].join('\n');
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
}

const ANSWER_MS = 3_000;
/** What a command prints says whether Redis answered. */
const QUIET = { away: () => undefined, back: () => undefined };

/** Opens the store of a running daemon, or starts the private server on the data folder for the time of `use` (`ownServer`). */
export async function withStore<T>(
  use: (store: Store, address: RedisAddress, ownServer: boolean) => Promise<T>,
): Promise<T> {
  const { redisUrl, dataFolder } = readEnvironment(process.env);
  if (redisUrl === null && !existsSync(dataFolder))
    throw new CommandError([`no data folder ${dataFolder}: set DELTAWIRE_DATA or REDIS_URL`], 1);
  const socket = socketPath(dataFolder, 'redis.sock');
  const child =
    redisUrl === null && !(await answers({ socket })) ? await startRedisChild(dataFolder, () => undefined) : null;
  const address = redisUrl === null ? { socket } : redisAddress(redisUrl);
  const redis = connectRedis(address, 'worker');
  createOutageWatch(QUIET)(redis);
  try {
    if (!(await answersWithin({ redis }, ANSWER_MS))) throw new CommandError(['Redis does not answer'], 1);
    return await use({ redis, prefix: KEY_PREFIX }, address, child !== null);
  } finally {
    closeRedis({ redis });
    await child?.stop();
  }
}

async function answers(address: RedisAddress): Promise<boolean> {
  const redis = connectRedis(address, 'worker');
  createOutageWatch(QUIET)(redis);
  try {
    return 'socket' in address && existsSync(address.socket) && (await answersWithin({ redis }, ANSWER_MS));
  } finally {
    closeRedis({ redis });
  }
}
