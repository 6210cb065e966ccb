/** Makes entries and submissions for tests of the store and the queue. */
import type { CommitOptions, Submission } from '../../src/store/stories/submission.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { decideStory } from '../../src/story/match.ts';
import { fingerprint } from '../../src/story/keys/fingerprint.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { RawItem } from '../../src/model/feed.ts';

export function makeItem(over: Partial<RawItem> & { readonly id: string }): RawItem {
  return {
    guid: null,
    title: `第${over.id}号消息`,
    link: `https://news.example/${over.id}.html`,
    summary: null,
    content: null,
    authors: [],
    published: null,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
    ...over,
  };
}

export function makeEntry(over: Partial<Entry> & { readonly id: string }): Entry {
  const text =
    over.text ??
    `${over.id}，合肥市今天公布一批城市更新项目，涉及老旧小区、公园和道路，计划年内全部开工建设。${'工程分三期实施。'.repeat(8)}`;
  return {
    source: 'one',
    guid: null,
    title: `合肥公布${over.id}项目`,
    link: `https://news.example/${over.id}.html`,
    originalLink: null,
    published: null,
    updated: null,
    authors: [],
    outlet: null,
    editor: null,
    dateline: null,
    summary: text.slice(0, 40),
    content: `<p>${text}</p>`,
    text,
    categories: [],
    enclosures: [],
    image: null,
    language: 'zh',
    script: 'hans',
    repairs: [],
    ...over,
  };
}

export function makeSubmission(entry: Entry, over: Partial<Submission> = {}): Submission {
  return {
    entry,
    raw: { item: makeItem({ id: entry.id }), feedTitle: null },
    hash: `h-${entry.id}`,
    sourceName: entry.source,
    trust: 50,
    fingerprint: fingerprint(entry),
    regions: [
      {
        code: '340100',
        name: '合肥市',
        level: 'city',
        score: 3,
        evidence: [{ term: '合肥', field: 'title', weight: 3 }],
      },
    ],
    themes: [],
    judgement: {
      editions: ['delta', 'anhui'],
      rule: 'region',
      reason: '合肥 in the title',
      barred: false,
      matched: [],
    },
    ...over,
  };
}

const DAY_MS = 86_400_000;

/** How entries are committed: matched for real, a month of candidates. */
export function makeCommitOptions(now: number, over: Partial<CommitOptions> = {}): CommitOptions {
  return {
    now,
    configVersion: 'c1',
    ledgerCount: 1000,
    windowMs: 30 * DAY_MS,
    decideStory,
    assembler: ASSEMBLER,
    ...over,
  };
}
