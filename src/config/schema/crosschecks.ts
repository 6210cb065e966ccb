/** Finds faults that one key of the config alone does not show: across keys and files. */
import type { AlertFormat, Fault, RegionsConfig } from '../../model/config.ts';
import type { Rule } from '../../model/rule.ts';
import type { ConfigDocument } from '../yaml/yamldocument.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { nearest } from '../../text/near.ts';
import { homeCodes } from './defaults.ts';
import type { FileName } from '../filenames.ts';
import { show } from '../yaml/show.ts';

/** What only the gazetteer and the rule compiler know; the caller supplies it. Each gives the fault, or null. */
export interface Checks {
  readonly regionProblem: (name: string, groups: RegionsConfig['groups'], home: RegionsConfig['home']) => Reason | null;
  readonly ruleProblem: (rule: Rule) => Reason | null;
}

/** Finds nothing wrong: for callers without a gazetteer. */
export const noChecks: Checks = { regionProblem: () => null, ruleProblem: () => null };

export type Documents = Partial<Record<FileName, ConfigDocument>>;

type Path = readonly PropertyKey[];
type Block = Readonly<Record<string, unknown>>;

const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const blockOf = (value: unknown, key: string): Block => {
  const inner = isBlock(value) ? value[key] : undefined;
  return isBlock(inner) ? inner : {};
};
const listOf = (value: unknown, key: string): readonly unknown[] => items(isBlock(value) ? value[key] : undefined);
const nameOf = (value: unknown): string | null =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : null;

function faultAt(document: ConfigDocument, path: Path, why: Reason, of: 'key' | 'value' = 'value'): Fault {
  return { file: document.file, ...document.placeOf(path, of), why };
}

function sameIds(document: ConfigDocument, list: string): Fault[] {
  const first = new Map<string, number>();
  const faults: Fault[] = [];
  for (const [index, item] of listOf(document.value, list).entries()) {
    const id = isBlock(item) ? item['id'] : undefined;
    if (typeof id !== 'string') continue;
    const path = [list, index, 'id'];
    const line = first.get(id);
    if (line === undefined) first.set(id, document.placeOf(path).line);
    else faults.push(faultAt(document, path, reason('config.id.taken', { id: show(id), line })));
  }
  for (const [index, item] of listOf(document.value, list).entries()) {
    for (const [place, id] of listOf(item, 'formerly').entries()) {
      // An id that was taken back stands among those before too: ids of items may go by it.
      if (typeof id !== 'string' || (isBlock(item) && item['id'] === id)) continue;
      const path = [list, index, 'formerly', place];
      const line = first.get(id);
      if (line === undefined) first.set(id, document.placeOf(path).line);
      else faults.push(faultAt(document, path, reason('config.id.taken', { id: show(id), line })));
    }
  }
  return faults;
}

/** A rule with other fields is the schema's to tell of. */
const RULE_FIELDS = new Set(['title', 'text', 'category', 'outlet', 'author', 'link']);

function ruleFaults(document: ConfigDocument, path: Path, block: Block, checks: Checks): Fault[] {
  return ['keep', 'drop'].flatMap((key) =>
    items(block[key]).flatMap((rule, index) => {
      const at = [...path, key, index];
      if (isBlock(rule) && Object.values(rule).every((value) => value === null || value === undefined)) {
        return [faultAt(document, at, reason('config.rule.empty'))];
      }
      const readable =
        typeof rule === 'string' ||
        (isBlock(rule) &&
          Object.entries(rule).every(([field, value]) => RULE_FIELDS.has(field) && isTextOrNothing(value)));
      if (!readable || rule === '') return [];
      const why = checks.ruleProblem(rule);
      return why === null ? [] : [faultAt(document, at, reason('config.rule.unusable', { why }))];
    }),
  );
}

const isTextOrNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() !== '');

function sourceFaults(
  document: ConfigDocument,
  place: (path: Path, value: unknown) => Fault[],
  checks: Checks,
): Fault[] {
  const faults = sameIds(document, 'sources');
  for (const [index, item] of listOf(document.value, 'sources').entries()) {
    if (!isBlock(item)) continue;
    const path = ['sources', index];
    const select = item['select'] ?? null;
    if (select !== null && (item['kind'] ?? 'auto') !== 'page') {
      faults.push(faultAt(document, [...path, 'select'], reason('config.source.needless-select'), 'key'));
    }
    faults.push(...place([...path, 'region'], item['region']), ...ruleFaults(document, path, item, checks));
  }
  return faults;
}

function editionFaults(
  document: ConfigDocument,
  sources: ReadonlySet<string> | null,
  place: (path: Path, value: unknown) => Fault[],
  checks: Checks,
): Fault[] {
  const faults = sameIds(document, 'editions');
  for (const [index, item] of listOf(document.value, 'editions').entries()) {
    if (!isBlock(item)) continue;
    const path = ['editions', index];
    for (const [at, name] of items(item['regions']).entries()) faults.push(...place([...path, 'regions', at], name));
    for (const [at, id] of items(item['sources']).entries()) {
      if (sources === null || typeof id !== 'string' || id.trim() === '' || sources.has(id)) continue;
      const near = nearest(id, sources);
      const source = show(id);
      const why =
        near === null
          ? reason('config.edition.source', { source })
          : reason('config.edition.source-near', { source, near });
      faults.push(faultAt(document, [...path, 'sources', at], why));
    }
    faults.push(...ruleFaults(document, path, item, checks));
  }
  return faults;
}

/** One fault for each circle of groups, at the member that closes it. */
function cycleFaults(document: ConfigDocument, groups: Block): Fault[] {
  const faults: Fault[] = [];
  const done = new Set<string>();
  const follow = (name: string, trail: readonly string[]): void => {
    if (done.has(name)) return;
    for (const [index, member] of items(groups[name]).entries()) {
      const inner = nameOf(member);
      if (inner === null || !Object.hasOwn(groups, inner)) continue;
      const from = [...trail, name].indexOf(inner);
      if (from === -1) follow(inner, [...trail, name]);
      else {
        const circle = [...[...trail, name].slice(from), inner].map((one) => `\`${show(one)}\``).join(' → ');
        faults.push(faultAt(document, ['groups', name, index], reason('config.groups.circle', { circle })));
      }
    }
    done.add(name);
  };
  for (const name of Object.keys(groups)) follow(name, []);
  return faults;
}

function regionsFaults(
  document: ConfigDocument,
  groups: Block,
  place: (path: Path, value: unknown) => Fault[],
): Fault[] {
  const faults = cycleFaults(document, groups);
  for (const name of Object.keys(groups)) {
    for (const [index, member] of items(groups[name]).entries()) faults.push(...place(['groups', name, index], member));
  }
  for (const [index, name] of listOf(document.value, 'home').entries()) faults.push(...place(['home', index], name));
  for (const [index, term] of listOf(document.value, 'terms').entries()) {
    if (isBlock(term)) faults.push(...place(['terms', index, 'region'], term['region']));
  }
  return faults;
}

/** Whether robots of a format take signed messages; of `auto` the host decides. */
const SIGNED: Readonly<Record<string, boolean>> = {
  auto: true,
  json: false,
  wecom: false,
  dingtalk: true,
  feishu: true,
  slack: false,
} satisfies Record<AlertFormat, boolean>;

/** A secret signs only what 钉钉 and 飞书 robots get. */
function settingsFaults(document: ConfigDocument): Fault[] {
  const { webhook = null, format = 'auto', secret = null } = blockOf(document.value, 'alerts');
  const path = ['alerts', 'secret'];
  if (secret === null) return [];
  if (webhook === null) return [faultAt(document, path, reason('config.alerts.no-webhook'), 'key')];
  // A format that is none is the schema's to tell of.
  if (typeof format !== 'string' || SIGNED[format] !== false) return [];
  return [faultAt(document, path, reason('config.alerts.unsigned', { format }), 'key')];
}

/** Groups as far as they can be read, over the built-in ones. */
function readableGroups(groups: Block, builtIn: RegionsConfig['groups']): RegionsConfig['groups'] {
  const read = Object.entries(groups).map(([name, members]) => [
    name,
    items(members).flatMap((member) => nameOf(member) ?? []),
  ]);
  return { ...builtIn, ...(Object.fromEntries(read) as RegionsConfig['groups']) };
}

/** Faults across keys and files: repeated ids, unknown sources and regions, circles of groups, rules that do not compile. */
export function crossFaults(documents: Documents, builtInGroups: RegionsConfig['groups'], checks: Checks): Fault[] {
  const { 'sources.yaml': sources, 'editions.yaml': editions, 'regions.yaml': regions } = documents;
  const settings = documents['settings.yaml'];
  const ownGroups = blockOf(regions?.value, 'groups');
  const groups = readableGroups(ownGroups, builtInGroups);
  const home = homeCodes(
    listOf(regions?.value, 'home').flatMap((name) => nameOf(name) ?? []),
    groups,
  );
  const regionsBroken = regions !== undefined && regions.brokenFrom !== Number.POSITIVE_INFINITY;
  const placeIn = (document: ConfigDocument) => (path: Path, value: unknown) => {
    const name = nameOf(value);
    if (name === null || name === '' || regionsBroken) return [];
    const why = checks.regionProblem(name, groups, home);
    if (why === null) return [];
    const near = why.code === 'config.region.unknown-near' ? null : nearest(name, Object.keys(groups));
    return [faultAt(document, path, near === null ? why : reason('config.region.group-near', { why, near }))];
  };
  const faults: Fault[] = [];
  if (sources !== undefined) faults.push(...sourceFaults(sources, placeIn(sources), checks));
  if (editions !== undefined) {
    const whole = sources !== undefined && sources.brokenFrom === Number.POSITIVE_INFINITY;
    const ids = listOf(sources?.value, 'sources').flatMap((item) => (isBlock(item) ? (nameOf(item['id']) ?? []) : []));
    faults.push(...editionFaults(editions, whole ? new Set(ids) : null, placeIn(editions), checks));
  }
  if (regions !== undefined) faults.push(...regionsFaults(regions, ownGroups, placeIn(regions)));
  if (settings !== undefined) faults.push(...settingsFaults(settings));
  return faults;
}
