import { describe, expect, test } from 'vitest';
import type { PushJob, QueueName } from '../../src/jobs/queues.ts';
import { linkJob, nameJob, showData } from '../../src/web/ops/boardjobs.ts';
import { makeItem } from '../support/entries.ts';

const nameOf = (id: string) => (id === 'hfrb' ? '合肥日报' : id);
const item = { item: makeItem({ id: 'i1', title: '合肥开通地铁', content: '<p>很长的正文</p>' }), hash: 'h' };
const INGEST = { source: 'hfrb', feedTitle: null, baseUrl: 'https://hf.example/', items: [item, item] };
const VERIFY: PushJob = {
  kind: 'verify',
  edition: 'delta',
  request: {
    mode: 'subscribe',
    topic: 'https://news.example/feeds/delta.rss',
    callback: 'https://reader.example/cb',
    leaseMs: 1,
    secret: 'k3y-of-a-subscriber',
  },
};

describe('the dashboard names a job', () => {
  test.each<readonly [QueueName, unknown, string]>([
    ['poll', { source: 'hfrb', why: 'asked' }, '合肥日报 (hfrb) · 点名 asked for'],
    ['poll', { source: 'left', why: 'schedule' }, 'left (left) · 到期 due'],
    ['fulltext', { ...INGEST, ...item }, '合肥日报 (hfrb) · 合肥开通地铁'],
    ['ingest', INGEST, '合肥日报 (hfrb) · 2 条 entries'],
    ['ingest', { editions: ['delta', 'anhui'] }, '按新的版面重排报道 stories placed anew (delta, anhui)'],
    ['push', VERIFY, '核实订阅 verify subscribe · reader.example'],
    ['push', { kind: 'deliver', subscription: '0123456789abcdef', hub: 'h' }, '投递 deliver · 0123456789ab'],
    ['push', { kind: 'ping', hub: 'https://hub.example/', topics: ['a', 'b'] }, '通知 ping hub.example · 2'],
    [
      'alert',
      { source: 'hfrb', name: '合肥日报', from: 'healthy', to: 'failing' },
      '合肥日报 (hfrb) · healthy → failing',
    ],
  ])('%s %#', (queue, data, name) => {
    expect(nameJob(queue, data, nameOf)).toBe(name);
  });
});

describe('the dashboard shows a job’s data', () => {
  test('without the text of entries', () => {
    const shown = JSON.stringify(showData('ingest', INGEST));
    expect(shown).toContain('合肥开通地铁');
    expect(shown).not.toContain('很长的正文');
    expect(JSON.stringify(showData('fulltext', { ...INGEST, ...item }))).not.toContain('很长的正文');
  });

  test('without a subscriber’s secret', () => {
    const shown = JSON.stringify(showData('push', VERIFY));
    expect(shown).toContain('"signed":true');
    expect(shown).not.toContain('k3y-of-a-subscriber');
  });

  test('with a way to its source', () => {
    expect(linkJob({ source: 'a&b' }, '').href).toBe('/status/source?id=a%26b');
    expect(linkJob({ editions: [] }, '/news').href).toBe('/news/status');
  });
});
