/** Makes configs for tests that run parts of the daemon in this process. */
import { plainSource } from '../../src/config/plainsource.ts';
import type { Config, Edition, Settings } from '../../src/model/config.ts';
import type { Source } from '../../src/model/source.ts';

/** Codes of the home region as shipped: 上海, 江苏, 浙江, 安徽. */
export const DELTA = ['310000', '320000', '330000', '340000'];

export function makeSource(over: Partial<Source> & { readonly id: string; readonly url: string }): Source {
  return { ...plainSource(over.id, over.url), at: { file: 'sources.yaml', line: 2 }, ...over };
}

export function makeEdition(over: Partial<Edition> & { readonly id: string }): Edition {
  return {
    title: over.id,
    description: over.id,
    regions: [],
    match: 'about',
    sources: [],
    keep: [],
    drop: [],
    script: null,
    content: 'full',
    size: 100,
    perSource: null,
    maxAgeMs: null,
    ...over,
  };
}

const SETTINGS: Settings = {
  server: { host: '127.0.0.1', port: 0, baseUrl: null, admin: null, trustedProxies: [] },
  rsshub: null,
  fetch: {
    timeoutMs: 5_000,
    maxBytes: 1 << 20,
    maxRedirects: 5,
    concurrency: 8,
    perHostConcurrency: 8,
    perHostIntervalMs: 0,
    paceBy: 'host',
    retryAfter: 'host',
    allowAddresses: ['127.0.0.0/8'],
    allowPorts: [],
    allowUserinfo: false,
  },
  stories: { nearDays: 5, exactDays: 30 },
  retention: { entriesDays: 90, entriesCount: 10_000, ledgerDays: 90, ledgerCount: 10_000, rawDays: 30 },
  push: { hub: 'own' },
  alerts: { staleAfterMs: null, webhook: null, format: 'auto', secret: null, language: 'zh' },
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
