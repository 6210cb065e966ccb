import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type RunningWeb, seedSource, startWeb } from './seed.ts';

const file = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
const DASHBOARD = JSON.parse(file('grafana-dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const RULES = parse(file('alerts.rules.yml')) as {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
};

let redis: TestRedis;
let web: RunningWeb;
let metrics: string;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedSource(web.store, 'jsxw', { failures: 3, lastError: 'x' });
  await web.get('/feeds/delta.rss');
  metrics = await (await web.get('/metrics')).text();
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const expressions = [
  ...DASHBOARD.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...RULES.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
];

describe('what Grafana and Prometheus ask for is what /metrics says', () => {
  test.each(expressions)('%s: %s', (_name, expr) => {
    const names = [...expr.matchAll(/deltawire_\w+/g)].map(([name]) => name);
    expect(names.filter((name) => !new RegExp(`^${name}(\\{| )`, 'm').test(metrics))).toEqual([]);
    for (const [, label = '', values = ''] of expr.matchAll(/(\w+)!?=~?"([^"]+)"/g))
      for (const value of label === 'job' ? [] : values.split('|')) expect(metrics).toContain(`${label}="${value}"`);
  });
});

test('what only counts up is a counter, and nothing else is', () => {
  const types = [...metrics.matchAll(/^# TYPE (deltawire_\w+) (\w+)$/gm)].map(([, name = '', type]) => [name, type]);
  const ours = types.filter(([name]) => !/^deltawire_(?:process|nodejs)_/.test(name ?? ''));
  expect(ours.length).toBeGreaterThan(10);
  for (const [name, type] of ours) expect(`${name} ${type}`).toMatch(/_total counter$|(?<!_total) gauge$/);
});
