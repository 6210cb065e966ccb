/** Makes configs for tests that run parts of the daemon in this process. */
import { buildConfig } from '../../src/config/build.ts';
import { noChecks } from '../../src/config/schema/crosschecks.ts';
import type { FileName } from '../../src/config/filenames.ts';
import { plainSource } from '../../src/config/plainsource.ts';
import type { Config, Edition, Settings } from '../../src/model/config.ts';
import type { Source } from '../../src/model/source.ts';

/** Codes of the home region as shipped: 上海, 江苏, 浙江, 安徽. */
export const DELTA = ['310000', '320000', '330000', '340000'];

/** A config whose every option is as it is where the files say nothing. */
const PLAIN = plainConfig();
const [PLAIN_EDITION] = PLAIN.editions;

function plainConfig(): Config & { readonly editions: readonly [Edition] } {
  const files = new Map<FileName, Uint8Array>([
    ['sources.yaml', Buffer.from('sources: []')],
    ['editions.yaml', Buffer.from('editions: [{id: plain}]')],
  ]);
  const built = buildConfig(files, 'config', {}, noChecks, 0);
  if (!built.ok) throw new Error(JSON.stringify(built.faults));
  const [edition] = built.config.editions;
  if (edition === undefined) throw new Error('no edition');
  return { ...built.config, editions: [edition] };
}

export function makeSource(over: Partial<Source> & { readonly id: string; readonly url: string }): Source {
  return { ...plainSource(over.id, over.url), at: { file: 'sources.yaml', line: 2 }, ...over };
}

export function makeEdition(over: Partial<Edition> & { readonly id: string }): Edition {
  return { ...PLAIN_EDITION, title: over.id, description: over.id, ...over };
}

/** What holds where settings.yaml says nothing, but for the port. */
export const DEFAULT_SETTINGS: Settings = { ...PLAIN.settings, server: { ...PLAIN.settings.server, port: 0 } };

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  fetch: {
    ...DEFAULT_SETTINGS.fetch,
    timeoutMs: 5_000,
    maxBytes: 1 << 20,
    concurrency: 8,
    perHostConcurrency: 8,
    perHostIntervalMs: 0,
    allowAddresses: ['127.0.0.0/8'],
  },
  // Each would load the program once more.
  threads: { ...DEFAULT_SETTINGS.threads, count: 0 },
};

export function makeConfig(
  over: Partial<Omit<Config, 'settings'>> & { readonly fetch?: Partial<Settings['fetch']> } = {},
): Config {
  const { fetch, ...rest } = over;
  return {
    version: 'test',
    loadedAt: 0,
    folder: 'config',
    sources: [],
    editions: [makeEdition({ id: 'delta', regions: ['上海市', '江苏省', '浙江省', '安徽省'] })],
    regions: { groups: {}, home: DELTA, terms: [], exclusions: [] },
    rules: [],
    settings: { ...SETTINGS, fetch: { ...SETTINGS.fetch, ...fetch } },
    ...rest,
  };
}
