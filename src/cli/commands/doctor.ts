/** `deltawire doctor`: says what is wrong, and what to do; with `--fix` mends stored records that cannot be read. */
import { existsSync } from 'node:fs';
import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/files/load.ts';
import { showFault } from '../../config/yaml/fault.ts';
import {
  askSources,
  type Finding,
  lookAtClock,
  lookAtDisk,
  lookAtNetwork,
  lookAtRedis,
  lookAtWorkers,
} from '../../daemon/checkup.ts';
import type { Config } from '../../model/config.ts';
import { ASSEMBLER } from '../../pipeline/assemble.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { reason } from '../../reasons/catalogue.ts';
import { factsOf } from '../../sources/configured.ts';
import { mendRecord } from '../../store/records/mend.ts';
import { surveyRecords } from '../../store/records/survey.ts';
import type { Store } from '../../store/redis/keys.ts';
import { forgetUnreadable } from '../../store/redis/unreadable.ts';
import { whyOf } from '../../reasons/whyof.ts';
import { maskMessage } from '../../text/masking.ts';
import { type ExitCode, print, tellReason } from '../output/exit.ts';
import { spoken } from '../output/locale.ts';
import { withStore } from './explain.ts';

const MARKS: Readonly<Record<Finding['level'], string>> = { good: '✓', warn: '!', bad: '✗' };

export async function runDoctor(options: { readonly config: string; readonly fix: boolean }): Promise<ExitCode> {
  let worst: Finding['level'] = 'good';
  const tell = async (...findings: readonly Finding[]) => {
    for (const { level, why } of findings) {
      if (level === 'bad' || worst === 'good') worst = level;
      await print(`${MARKS[level]} ${maskMessage(tellReason(why))}`);
    }
  };
  const loaded = await loadConfig(options.config, process.env, CONFIG_CHECKS, Date.now());
  const config = loaded.ok ? loaded.config : null;
  if (!loaded.ok) {
    worst = 'bad';
    for (const fault of loaded.faults) await print(`✗ ${showFault(fault, spoken())}`);
  } else {
    const { sources, editions } = loaded.config;
    const counts = { sources: sources.length, editions: editions.length };
    await tell({ level: 'good', why: reason('doctor.config', counts) });
  }
  const { dataFolder, redisUrl } = readEnvironment(process.env);
  await tell(await lookAtDisk(existsSync(dataFolder) ? dataFolder : '.'));
  const answers = config === null ? [] : await askSources(config);
  if (config !== null) await tell(lookAtNetwork(answers));
  if (redisUrl === null && !existsSync(dataFolder)) {
    await tell({ level: 'bad', why: reason('doctor.no-data', { folder: dataFolder }) });
    return 1;
  }
  try {
    await withStore(async (store, _, ownServer) => {
      await tell(await lookAtClock(store, answers, Date.now), ...(await lookAtRedis(store, redisUrl !== null)));
      await tell(...(await lookAtWorkers(store, ownServer)));
      await tell(...(await lookAtRecords(store, config, options.fix)));
    });
  } catch (error) {
    await tell(await lookAtClock(null, answers, Date.now));
    await tell({ level: 'bad', why: reason('doctor.store-away', { said: whyOf(error) }) });
  }
  return worst === 'bad' ? 1 : 0;
}

async function lookAtRecords(store: Store, config: Config | null, fix: boolean): Promise<readonly Finding[]> {
  const sources = config?.sources.map(({ id }) => id) ?? [];
  const broken = await surveyRecords(store, sources);
  if (broken.length === 0) {
    if (fix) await forgetUnreadable(store);
    return [{ level: 'good', why: reason('doctor.records') }];
  }
  const named = broken.map(({ key, why }): Finding => ({
    level: 'bad',
    why: reason('doctor.record', { key, said: why }),
  }));
  if (!fix || config === null)
    return [...named, { level: 'bad', why: reason('store.unreadable', { records: broken.length }) }];
  const done: Finding[] = [];
  for (const record of broken) {
    const outcome = await mendRecord(store, record, {
      assembler: ASSEMBLER,
      sourceOf: (id) => factsOf(config, id),
      now: Date.now(),
    });
    done.push({ level: 'good', why: reason(`doctor.${outcome}`, { key: record.key }) });
  }
  await forgetUnreadable(store);
  return done;
}
