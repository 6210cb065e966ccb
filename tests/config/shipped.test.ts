/** The shipped config is free of faults, teaches its defaults truthfully, and has its schemas in step with the code. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { buildConfig } from '../../src/config/build.ts';
import { loadConfig, noChecks } from '../../src/config/files/load.ts';
import { FILE_NAMES, type FileName } from '../../src/config/filenames.ts';
import { jsonSchema, schemas } from '../../src/config/schema/schema.ts';
import { regionProblem } from '../../src/divisions/naming.ts';
import { ruleProblem } from '../../src/region/decide/rules.ts';

const folder = fileURLToPath(new URL('../../config', import.meta.url));
const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

async function shipped() {
  const result = await loadConfig(folder, {}, { regionProblem, ruleProblem }, 0);
  if (!result.ok) throw new Error(result.faults.map((fault) => JSON.stringify(fault)).join('\n'));
  return result.config;
}

/** Keys of the sections of settings.yaml, in the order of the schema. */
function settingsKeys(): readonly string[] {
  const sections = Object.values(schemas['settings.yaml'].parse({})).filter((value) => value !== null);
  return sections.flatMap((section) => Object.keys(section));
}

describe('the shipped config', () => {
  test('has no faults by the gazetteer and the rule compiler', async () => {
    const { sources, editions, regions } = await shipped();
    expect(editions.map(({ id }) => id)).toEqual(['delta', 'anhui', 'shanghai', 'jiangsu', 'zhejiang']);
    expect(editions[0]?.regions).toEqual(['长三角']);
    expect(sources.filter(({ enabled }) => enabled).length).toBeGreaterThanOrEqual(15);
    expect(Object.keys(regions.groups)).toEqual(expect.arrayContaining(['长三角', '皖北', '合肥都市圈', '苏锡常']));
  });

  test('keeps every source that needs an RSSHub off, with a note that says so', async () => {
    const { sources, settings } = await shipped();
    const needing = sources.filter(({ url }) => url.startsWith('rsshub://'));
    expect(settings.rsshub).toBeNull();
    expect(needing.length).toBeGreaterThan(20);
    for (const source of needing) {
      expect(source.enabled).toBe(false);
      expect(source.note).toContain('settings.yaml');
    }
  });

  test('names each source once, with a group and a Chinese name, by one address', async () => {
    const { sources } = await shipped();
    for (const { name, group } of sources) {
      expect(name).toMatch(/\p{Script=Han}/u);
      expect(group).not.toBeNull();
    }
    expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length);
    expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length);
  });

  test('shows each setting with its default: uncommented, nothing changes', async () => {
    const text = read('settings.yaml');
    const uncommented = text.replaceAll(/^#( {2,}\w+:)/gm, ' $1');
    const shown = [...uncommented.matchAll(/^ {3}(\w+):/gm)].map(([, key]) => key);
    expect(shown).toEqual(settingsKeys());
    const files = new Map<FileName, Uint8Array>([
      ['sources.yaml', Buffer.from('sources: []')],
      ['settings.yaml', Buffer.from(uncommented)],
    ]);
    const result = buildConfig(files, folder, {}, noChecks, 0);
    expect(result.ok ? result.config.settings : result.faults).toEqual((await shipped()).settings);
  });

  test.each(FILE_NAMES)('%s names its schema in the first line', (name) => {
    expect(read(name).split('\n')[0]).toBe(
      `# yaml-language-server: $schema=./${name.replace('.yaml', '.schema.json')}`,
    );
  });
});

describe('JSON Schemas', () => {
  test.each(FILE_NAMES)('of %s is what `npm run docs` writes', (name) => {
    expect(JSON.parse(read(name.replace('.yaml', '.schema.json')))).toEqual(jsonSchema(name));
  });

  test.each(FILE_NAMES)('of %s describes every key', (name) => {
    const silent: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, inner] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [property, value] of Object.entries(inner as Record<string, { description?: string }>)) {
            if (!value.description) silent.push(`${path}.${property}`);
          }
        }
        if (key !== 'examples' && key !== 'default') walk(inner, `${path}.${key}`);
      }
    };
    walk(jsonSchema(name), name);
    expect(silent).toEqual([]);
  });
});
