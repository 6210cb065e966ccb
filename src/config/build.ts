/** Builds one frozen Config from the bytes of the files and the environment, or tells all faults at once. */
import { createHash } from 'node:crypto';
import type { Config, Edition, Fault, RegionsConfig, Settings } from '../model/config.ts';
import type { ConfiguredRule, Rule } from '../model/rule.ts';
import type { Source } from '../model/source.ts';
import type { Code } from '../reasons/catalogue.ts';
import { parseAdmin } from './schema/addresses.ts';
import { crossFaults } from './schema/crosschecks.ts';
import type { Checks, Documents } from './schema/crosschecks.ts';
import { BUILT_IN_GROUPS, DEFAULT_EDITIONS, homeCodes } from './schema/defaults.ts';
import { readDocument } from './yaml/yamldocument.ts';
import type { ConfigDocument } from './yaml/yamldocument.ts';
import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { explainIssue } from './yaml/issues.ts';
import { parseClock, parseDuration } from './schema/valueforms.ts';
import { FILE_NAMES, type FileName } from './filenames.ts';
import { freeze } from './freeze.ts';
import { type FileValue, schemas } from './schema/schema.ts';

export type LoadResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Bytes by file name; a file that is not there is absent. */
export type ConfigFiles = ReadonlyMap<FileName, Uint8Array>;

/** First 12 hex digits of a SHA-256 over the names and bytes of the files. */
function versionOf(files: ConfigFiles): string {
  const hash = createHash('sha256');
  for (const name of FILE_NAMES) {
    const bytes = files.get(name);
    if (bytes !== undefined) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 12);
}

/** File, line, column; one fault where two say the same of the same place. */
export function sortFaults(faults: readonly Fault[]): readonly Fault[] {
  const unique = new Map(
    faults.map((fault) => [JSON.stringify([fault.file, fault.line, fault.column, fault.why]), fault]),
  );
  return [...unique.values()].sort(
    (a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1) || a.line - b.line || a.column - b.column,
  );
}

/** Faults that may be those of what could not be read. */
const ABSENCES: readonly string[] = [
  'config.file.empty',
  'config.key.missing',
  'config.key.missing-example',
  'config.key.empty',
  'config.key.empty-example',
  'config.value.empty-text',
] satisfies readonly Code[];

/** Of a file with a syntax fault, only what stands before it is reported, and nothing is reported missing. */
function isTrusted(fault: Fault, document: ConfigDocument): boolean {
  if (document.brokenFrom === Number.POSITIVE_INFINITY) return true;
  return fault.line < document.brokenFrom && !ABSENCES.includes(fault.why.code);
}

function validate<N extends FileName>(
  name: N,
  document: ConfigDocument | undefined,
  faults: Fault[],
): FileValue<N> | null {
  if (document === undefined) return null;
  if (name !== 'sources.yaml' && document.value === null) return null;
  const schema = schemas[name];
  const result = schema.safeParse(document.value);
  if (result.success) return result.data as FileValue<N>;
  const found = result.error.issues.flatMap((issue) => explainIssue(issue, schema, document));
  faults.push(...found.filter((fault) => isTrusted(fault, document)));
  return null;
}

function toSource(value: FileValue<'sources.yaml'>['sources'][number], line: number): Source {
  // With a spread V8 11 makes a hidden class for each object: 900 bytes a source.
  return Object.assign({}, value, { name: value.name ?? value.id, at: { file: 'sources.yaml', line } });
}

function toEdition({ maxAge, title, digest, ...rest }: FileValue<'editions.yaml'>['editions'][number]): Edition {
  return {
    ...rest,
    title: title ?? rest.id,
    maxAgeMs: maxAge === null ? null : parseDuration(maxAge),
    digest: digest === null ? null : { atMinute: parseClock(digest.at) ?? 0, stories: digest.stories },
  };
}

const withoutSlash = (address: string | null): string | null => address?.replace(/(?<!\/)\/+$/, '') ?? null;

function toSettings(value: FileValue<'settings.yaml'>, env: Environment): Settings {
  const { server, retention, alerts } = value;
  return {
    server: {
      host: env.host ?? server.host,
      port: env.port ?? server.port,
      baseUrl: env.baseUrl ?? withoutSlash(server.baseUrl),
      imageProxy: server.imageProxy,
      admin: env.admin ?? (server.admin === null ? null : parseAdmin(server.admin)),
      trustedProxies: server.trustedProxies,
      behindProxy: env.behindProxy ?? server.behindProxy,
    },
    rsshub: withoutSlash(value.rsshub),
    fetch: value.fetch,
    threads: value.threads,
    stories: value.stories,
    quotas: value.quotas,
    retention: {
      entriesDays: retention.entries.days,
      entriesCount: retention.entries.count,
      ledgerDays: retention.ledger.days,
      ledgerCount: retention.ledger.count,
      rawDays: retention.raw.days,
    },
    push: value.push,
    alerts: {
      staleAfterMs: alerts.staleAfter === null ? null : parseDuration(alerts.staleAfter),
      webhook: alerts.webhook,
      format: alerts.format,
      secret: alerts.secret,
      language: alerts.language,
    },
  };
}

function toRegions(value: FileValue<'regions.yaml'> | null): RegionsConfig {
  const groups = { ...BUILT_IN_GROUPS, ...value?.groups };
  return {
    groups,
    home: homeCodes(value?.home ?? [], groups),
    terms: value?.terms ?? [],
    exclusions: value?.exclusions ?? [],
  };
}

type Ruled = { readonly id: string; readonly keep: readonly Rule[]; readonly drop: readonly Rule[] };

function ruleLists(documents: Documents, of: 'source' | 'edition', blocks: readonly Ruled[]): ConfiguredRule[] {
  return blocks.flatMap(({ id, keep, drop }, index) => [
    ...ruleList(documents, { of, id, list: 'keep' }, [`${of}s`, index, 'keep'], keep),
    ...ruleList(documents, { of, id, list: 'drop' }, [`${of}s`, index, 'drop'], drop),
  ]);
}

function ruleList(
  documents: Documents,
  owner: Pick<ConfiguredRule, 'of' | 'id' | 'list'>,
  path: readonly PropertyKey[],
  rules: readonly Rule[],
): ConfiguredRule[] {
  const file: FileName = owner.of === 'regions' ? 'regions.yaml' : `${owner.of}s.yaml`;
  const lineOf = (index: number): number => documents[file]?.placeOf([...path, index]).line ?? 1;
  return rules.map((rule, index) => ({ ...owner, rule, at: { file, line: lineOf(index) } }));
}

/**
 * Pure: the same rules for the daemon, `check`, a replay and an editor in the browser. Every fault of every file at
 * once, sorted by file and line. `now` (epoch milliseconds) becomes `loadedAt`.
 */
export function buildConfig(
  files: ConfigFiles,
  folder: string,
  env: NodeJS.ProcessEnv,
  checks: Checks,
  now: number,
): LoadResult {
  const environment = readEnvironment(env);
  const faults: Fault[] = [...environment.faults];
  const documents: Documents = {};
  for (const name of FILE_NAMES) {
    const bytes = files.get(name);
    if (bytes === undefined) continue;
    const read = readDocument(name, bytes);
    faults.push(...read.faults);
    if (read.document !== null) documents[name] = read.document;
  }
  const sources = validate('sources.yaml', documents['sources.yaml'], faults);
  const editions = validate('editions.yaml', documents['editions.yaml'], faults);
  const regions = validate('regions.yaml', documents['regions.yaml'], faults);
  const settings = validate('settings.yaml', documents['settings.yaml'], faults);
  for (const fault of crossFaults(documents, BUILT_IN_GROUPS, checks)) {
    const document = documents[fault.file as FileName];
    if (document === undefined || isTrusted(fault, document)) faults.push(fault);
  }
  const document = documents['sources.yaml'];
  if (faults.length > 0 || sources === null || document === undefined) return { ok: false, faults: sortFaults(faults) };
  const config: Config = {
    version: versionOf(files),
    loadedAt: now,
    folder,
    sources: sources.sources.map((source, index) => toSource(source, document.placeOf(['sources', index]).line)),
    editions: editions?.editions.map(toEdition) ?? DEFAULT_EDITIONS,
    regions: toRegions(regions),
    rules: [
      ...ruleLists(documents, 'source', sources.sources),
      ...ruleLists(documents, 'edition', editions?.editions ?? []),
      ...ruleList(documents, { of: 'regions', id: '', list: 'exclusions' }, ['exclusions'], regions?.exclusions ?? []),
    ],
    settings: toSettings(settings ?? schemas['settings.yaml'].parse({}), environment),
  };
  return { ok: true, config: freeze(config) };
}
