/** `deltawire explain`: tells where an entry stands now, and below from the ledger what was decided on it, and why. */
import { existsSync } from 'node:fs';
import { canonicalLink } from '../../clean/fields/link.ts';
import { readEnvironment } from '../../config/environment.ts';
import { whyAway } from '../../store/beats.ts';
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
import { reason } from '../../reasons/catalogue.ts';
import { entriesAt } from '../../daemon/standings.ts';
import { isoWithOffset } from '../../text/time.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { CommandError, type ExitCode, print, refuse, tellReason } from '../output/exit.ts';
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
      missing.map((name) => tellReason(reason('explain.none', { name }))),
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
  if (rows.length > 0) await print(`  ${tellReason(reason('explain.decided'))}`);
  for (const row of rows) await print(tellRow(row));
}

function tellRow(row: LedgerRow): string {
  const { decision, rule, reason: why, regions, editions, configVersion: version, at } = row;
  const evidence = regions.slice(0, 4).map(({ name, code, evidence: pieces }) => {
    const found = pieces.map(({ term, field, weight }) => [term, field, weight, `${name} ${code}`] as const);
    return `      ${tellReason(reason('explain.evidence', { found }))}`;
  });
  const time = isoWithOffset(at, 'Asia/Shanghai');
  return [
    `  ${tellReason(reason('explain.row', { at: time, decision: reason(`decision.${decision}`), rule, version }))}`,
    `    ${tellReason(why)}`,
    ...(editions.length === 0 ? [] : [`    ${tellReason(reason('explain.editions', { editions }))}`]),
    ...(regions.length === 0 ? [] : [`    ${tellReason(reason('try.regions', { regions: tellRegions(regions) }))}`]),
    ...evidence,
  ].join('\n');
}

const ANSWER_MS = 3_000;
/** What a command prints says whether Redis answered. */
const QUIET = { away: () => undefined, back: () => undefined };

/** Opens the store of a running daemon, or starts the private server on the data folder for the time of `use` (`ownServer`). */
export async function withStore<T>(
  use: (store: Store, address: RedisAddress, ownServer: boolean) => Promise<T>,
): Promise<T> {
  const { redisUrl, dataFolder } = readEnvironment(process.env);
  if (redisUrl === null && !existsSync(dataFolder)) throw refuse(reason('store.no-folder', { folder: dataFolder }));
  const socket = socketPath(dataFolder, 'redis.sock');
  const child =
    redisUrl === null && !(await answers({ socket })) ? await startRedisChild(dataFolder, () => undefined) : null;
  const address = redisUrl === null ? { socket } : redisAddress(redisUrl);
  const redis = connectRedis(address, 'worker');
  createOutageWatch(QUIET)(redis);
  try {
    if (!(await answersWithin({ redis }, ANSWER_MS)))
      throw refuse(
        (await whyAway({ redis })) ?? reason('redis.silent', { ms: ANSWER_MS, why: reason('redis.no-command') }),
      );
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
