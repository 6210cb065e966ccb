/** A server whose pages show every state of sources, stories, config and processes, with data in one language. */
import { reason } from '../../src/reasons/catalogue.ts';
import { writeBeat } from '../../src/store/beats.ts';
import { keepDigest } from '../../src/store/keptdigests.ts';
import { dayOf, keys } from '../../src/store/redis/keys.ts';
import { noteSpam } from '../../src/store/sources/habits.ts';
import { splitEntry } from '../../src/store/stories/arrange.ts';
import { withdrawStory } from '../../src/store/stories/withdraw.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import type { Language } from '../../src/reasons/language.ts';
import type { Reason } from '../../src/model/reason.ts';
import type { SourceState } from '../../src/model/source.ts';
import type { Config } from '../../src/model/config.ts';
import type { Desk, Found, Saving, Trial } from '../../src/web/deps.ts';
import type { TestRedis } from '../support/redis.ts';
import {
  makeConfig,
  makeEdition,
  makeHit,
  makeSource,
  NOW,
  type RunningWeb,
  seedEntries,
  seedSource,
  startWeb,
} from './seed.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One source for each state and for each notice of the status page. */
const STATES: Readonly<Record<string, Partial<SourceState>>> = {
  'id-healthy': {},
  'id-quiet': { newestEntryAt: NOW - 3 * DAY_MS },
  'id-stale': { newestEntryAt: NOW - 400 * DAY_MS },
  'id-failing': { failures: 3, lastError: reason('fetch.status.other', { host: 'failing.example', status: 500 }) },
  'id-once': { failures: 1, lastError: reason('fetch.dns.silent', { host: 'once.example' }) },
  'id-changed': {
    failures: 3,
    changed: true,
    lastError: reason('fetch.status.other', { host: 'changed.example', status: 200 }),
  },
  'id-gone': { gone: true },
  'id-moved': { movedTo: 'https://new.example/moved.xml', address: 'https://moved.example/rss.xml', movedCount: 3 },
  'id-flood': { held: 4500, heldWhy: reason('quota.poll', { items: 4500, most: 500 }) },
};

export interface LanguageWorld {
  readonly web: RunningWeb;
  readonly config: Config;
  /** What the next change of a file comes to. */
  saving: Saving;
  found: Found;
}

/** `data` in titles and names is Chinese or English, as the pages are; places stay Chinese. */
export async function startLanguageWorld(redis: TestRedis, language: Language): Promise<LanguageWorld> {
  const data = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const config = configOf(data);
  const trial = trialOf(data);
  const world: { saving: Saving; found: Found } = {
    saving: { ok: true, backup: 'backups/sources.yaml.1', hash: 'h' },
    found: foundOf(trial, data),
  };
  const save = async () => world.saving;
  const lines = ['  - id: id-healthy', `    name: ${data('样报', 'Sample')}`];
  const desk: Partial<Desk> = {
    read: async (name) =>
      name.endsWith('.yaml') ? { text: lines.join('\n'), shown: lines.join('\n'), hash: 'h' } : null,
    check: async () => (world.saving.ok ? [] : world.saving.reason === 'faults' ? world.saving.faults : []),
    preview: async () => previewOf(data),
    save,
    setEnabled: save,
    editSource: save,
    addSource: save,
    removeSources: save,
    importList: async () => ({
      saving: world.saving,
      added: [{ id: 'id-new', url: 'https://new.example/', name: data('新报', 'New') }],
      known: [{ url: 'https://healthy.example/', source: 'id-healthy' }],
      repeated: 2,
      refused: [reason('config.key.unknown-near', { key: 'schedul', near: 'schedule' })],
    }),
    sourceBlock: async () => ({ file: 'sources.yaml', first: 2, lines }),
    trySource: async (id) =>
      id === 'id-failing' ? failedTrial(trial) : id === 'id-stale' ? { busy: 'id-healthy' } : trial,
    findSource: async () => world.found,
  };
  const web = await startWeb(redis, { config, desk });
  await fill(web, data);
  return Object.assign(world, { web, config });
}

type Data = (zh: string, en: string) => string;

function configOf(data: Data): Config {
  const names = [...Object.keys(STATES), 'id-unpolled', 'id-paused'];
  const sources = names.map((id) =>
    makeSource(id, { name: data('样报', 'Sample'), enabled: id !== 'id-paused', group: data('分组', 'Group') }),
  );
  const editions = [
    makeEdition('delta', { title: data('三角', 'Delta'), description: data('新闻', 'News'), regions: ['长三角'] }),
    makeEdition('morning', {
      title: data('早报', 'Morning'),
      description: data('新闻', 'News'),
      digest: { atMinute: 450, stories: 20 },
    }),
  ];
  return makeConfig({ sources, editions }, { admin: { user: 'ops', password: 'pass' } });
}

function trialOf(data: Data): Trial {
  return {
    fetched: {
      url: 'https://new.example/',
      status: 200,
      bytes: 2_048,
      elapsedMs: 12,
      redirects: ['https://old.example/'],
      contentType: 'text/html',
    },
    read: {
      format: 'rss',
      title: data('新报', 'New'),
      charset: 'gb18030',
      repairs: [reason('repair.xml.ends-early')],
      items: 2,
    },
    entries: [true, false].map((isKept) => ({
      title: data('合肥公交', 'Buses'),
      link: 'https://new.example/1',
      published: NOW,
      outlet: null,
      length: 1_234,
      removed: 2,
      repairs: [],
      regions: [{ code: '340100', name: '合肥' }],
      editions: isKept ? ['delta'] : [],
      rule: 'region',
      reason: isKept ? reason('region.every') : reason('region.nothing', { threshold: 2 }),
    })),
    failure: null,
  };
}

function failedTrial(trial: Trial): Trial {
  const why = reason('fetch.status.other', { host: 'failing.example', status: 500 });
  return { ...trial, read: null, entries: [], failure: { stage: 'fetch', reason: why } };
}

function foundOf(trial: Trial, data: Data): Found {
  return {
    ok: true,
    proposed: { id: 'id-new', name: data('新报', 'New'), url: 'https://new.example/', kind: 'page', region: '合肥' },
    form: 'list',
    items: 20,
    dated: 18,
    alternatives: [
      { url: 'https://new.example/rss', title: data('新报', 'New'), kind: 'feed' },
      { url: 'https://new.example/list', title: null, kind: 'page' },
    ],
    known: 'id-healthy',
    trial,
  };
}

function previewOf(data: Data): Awaited<ReturnType<Desk['preview']>> {
  const change = {
    story: 'e0',
    title: data('合肥公交', 'Buses'),
    source: 'id-healthy',
    why: reason('region.nothing', { threshold: 2 }),
  };
  return {
    ok: true,
    replayed: 1_000,
    stored: 2_000,
    editions: [
      {
        edition: 'delta',
        title: data('三角', 'Delta'),
        gained: [change],
        lost: Array.from({ length: 60 }, () => change),
      },
    ],
  };
}

async function fill(web: RunningWeb, data: Data): Promise<void> {
  const { store } = web;
  const text = {
    content: data('<p>公交开通。</p>', '<p>Buses run.</p>'),
    text: data('公交开通。', 'Buses run.'),
    kept: reason('region.every'),
    summary: data('摘要', 'Summary'),
    authors: [data('记者甲', 'Jo')],
    outlet: data('日报', 'Daily'),
  };
  await seedEntries(
    store,
    Array.from({ length: 45 }, (_, i) => ({
      ...text,
      id: `e${i}`,
      title: data('合肥公交', 'Buses'),
      source: i % 2 === 0 ? 'id-healthy' : 'id-failing',
      editor: data('编辑甲', 'Ed'),
      at: NOW - i * HOUR_MS,
      regions: [makeHit('340100'), makeHit('320100')],
    })),
  );
  const copy = { ...text, title: data('合肥公交', 'Buses'), source: 'id-failing', joins: 'e0' };
  const dropped = (id: string, why: Reason) => ({
    ...text,
    id,
    title: data('合肥公交', 'Buses'),
    source: 'id-flood',
    regions: [],
    dropped: { rule: why.code, reason: why },
  });
  await seedEntries(store, [
    { ...copy, id: 'copy0' },
    { ...copy, id: 'copy1', script: 'hant' as const },
    dropped('dropped0', reason('region.nothing', { threshold: 2 })),
    dropped('dropped1', reason('clean.nonentry.imprint')),
    dropped('dropped2', reason('aside.item.time-limit', { limit: 5_000 })),
  ]);
  for (const [id, state] of Object.entries(STATES))
    await seedSource(
      store,
      id,
      { nextWhy: reason('poll.rhythm-daily', { entries: 3, at: NOW }), ...state },
      { outcome: state.lastError === undefined ? 'modified' : 'failed', repairs: [reason('repair.xml.ends-early')] },
    );
  await noteSpam(store, 'id-moved', Array<boolean>(12).fill(true));
  for (let back = 30; back >= 7; back--)
    await store.redis.hset(keys.coverage(store, dayOf(NOW - back * DAY_MS)), '340200', '3');
  const byHand = { now: NOW, configVersion: 'c', ledgerCount: 1_000, assembler: ASSEMBLER };
  await splitEntry(store, 'copy1', byHand);
  await withdrawStory(store, 'e5', data('写错了', 'wrong'), byHand);
  const told = { outlet: data('日报', 'Daily'), others: [data('晚报', 'Evening')], summary: data('摘要', 'Summary') };
  const lines = [{ place: '340100', story: 'e1', title: data('合肥公交', 'Buses'), ...told }];
  await keepDigest(store, 'morning', { day: '2026-03-03', at: NOW, lines });
  await writeBeat(store, {
    host: 'news-01',
    pid: 7,
    roles: ['scheduler', 'web'],
    version: '0.1.0',
    since: NOW - HOUR_MS,
    beatAt: NOW,
    busy: 3,
    clockSetMs: 0,
  });
}
