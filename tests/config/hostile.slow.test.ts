/** Attempts by a config file that someone else wrote: each is a fault, and none does anything before. */
import { describe, expect, test } from 'vitest';
import { buildConfig } from '../../src/config/build.ts';
import type { FileName } from '../../src/config/filenames.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';

const source = (rest: string) => `sources:\n  - {id: a, url: "https://a.example/", ${rest}}\n`;
const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`).join('\n');

const attempts: readonly (readonly [name: string, file: FileName, text: string])[] = [
  ['a billion laughs', 'sources.yaml', `l0: &l0 ha\n${laughs}\nsources: *l9\n`],
  ['a list in a circle', 'sources.yaml', 'sources: &a [*a]\n'],
  ['a map in a circle', 'settings.yaml', 'server: &a {host: *a}\n'],
  ['a merge in a circle', 'settings.yaml', 'server: &a {<<: *a}\n'],
  ['an alias of nothing', 'sources.yaml', 'sources: *nobody\n'],
  ['a function', 'sources.yaml', source('name: !!js/function "function () { throw 1 }"')],
  ['an object of Python', 'sources.yaml', source('name: !!python/object/apply:os.system ["true"]')],
  ['a tag of its own', 'sources.yaml', '%TAG ! tag:evil.example,2026:\n---\nsources: !x []\n'],
  ['a prototype as a key', 'settings.yaml', '__proto__: {polluted: 1}\n'],
  ['a prototype within', 'settings.yaml', 'server: {__proto__: {polluted: 1}}\n'],
  ['a constructor', 'settings.yaml', 'constructor: {prototype: {polluted: 1}}\n'],
  ['a prototype of a source', 'sources.yaml', source('__proto__: {enabled: false}')],
  ['a merge that brings a prototype', 'settings.yaml', 'server: {<<: {__proto__: {polluted: 1}}}\n'],
  ['a key twice', 'settings.yaml', 'server: {port: 1, port: 2}\n'],
  ['a second document', 'settings.yaml', 'server: {port: 8480}\n---\nserver: {port: 1}\n'],
  ['brackets without end', 'sources.yaml', '['.repeat(20_000)],
  ['maps without end', 'sources.yaml', '{a: '.repeat(20_000)],
  ['dashes without end', 'sources.yaml', '- '.repeat(20_000)],
  ['a key without end', 'settings.yaml', `${'k'.repeat(200_000)}: 1\n`],
  ['a header within a header', 'sources.yaml', source('headers: {X-A: "a\\r\\nCookie: b"}')],
  ['a header name with a line end', 'sources.yaml', source('headers: {"X-A: b\\r\\nCookie": b}')],
  ['an address of JavaScript', 'sources.yaml', 'sources: [{id: a, url: "javascript:alert(1)"}]\n'],
  ['an address of a file', 'sources.yaml', 'sources: [{id: a, url: "file:///etc/passwd"}]\n'],
  ['a proxy of another kind', 'sources.yaml', source('proxy: "file:///etc/passwd"')],
  ['an id that is a path', 'sources.yaml', 'sources: [{id: ../../x, url: "https://a.example/"}]\n'],
  ['an edition that is a path', 'editions.yaml', 'editions: [{id: ../x, title: a}]\n'],
  ['a port beyond all', 'settings.yaml', 'server: {port: 99999}\n'],
  ['a block of all addresses, mistyped', 'settings.yaml', 'fetch: {allowAddresses: ["0/0/0"]}\n'],
  ['a webhook of another kind', 'settings.yaml', 'alerts: {webhook: "gopher://127.0.0.1:6379/_x"}\n'],
  ['NUL bytes', 'settings.yaml', 'server: {host: "\u0000"}\n'],
  ['an escape for terminals as a key', 'settings.yaml', '"\\e]0;evil\\a": 1\n'],
  ['a rule without end', 'editions.yaml', `editions: [{id: a, title: a, drop: ["/${'('.repeat(5000)}/"]}]\n`],
];

describe('a config file', () => {
  test.each(attempts)('of %s is a fault', (_name, file, text) => {
    const files = new Map<FileName, Uint8Array>([['sources.yaml', Buffer.from('sources: []\n')]]);
    const built = buildConfig(files.set(file, Buffer.from(text)), 'config', {}, CONFIG_CHECKS, 0);
    expect(built.ok).toBe(false);
    expect(built.ok ? [] : built.faults.map((fault) => fault.file)).toContain(file);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
