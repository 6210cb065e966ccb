import { describe, expect, it } from 'vitest';
import { fingerprint, linkKey } from '../../src/story/keys/fingerprint.ts';
import { decideStory } from '../../src/story/match.ts';
import { createStoryMemory } from '../../src/story/memory.ts';
import { convertScript } from '../../src/zh/convert.ts';
import type { Candidate } from '../../src/model/story.ts';
import { DRILL, forecast, join, prices, RAILWAY } from './texts.ts';
import { DAY_MS, type Draft, NOW, partition, random, write } from './write.ts';

const railway: Draft = { title: RAILWAY.title, text: join(RAILWAY.paragraphs) };
const drill: Draft = { title: DRILL.title, text: join(DRILL.paragraphs) };

function candidate(entry: string, story: string, draft: Draft, storedAt = NOW): Candidate {
  return { entry, story, evidence: fingerprint(write(draft)).evidence, storedAt };
}

describe('merging', () => {
  const halves = [
    { title: '一条铁路的最后一根钢轨', text: join(RAILWAY.paragraphs.slice(0, 3)) },
    { title: '周大姐盼来四十分钟的火车', text: join(RAILWAY.paragraphs.slice(2)) },
  ] as const;

  it('makes one of two stories that a text shows to be the same, and keeps the older id', () => {
    const decision = decideStory(
      fingerprint(write(railway)),
      [
        candidate('b', 'later', { ...railway, title: halves[1].title }, NOW + 5),
        candidate('a', 'earlier', { ...railway, title: halves[0].title }, NOW - 5),
      ],
      NOW + 10,
    );
    expect(decision).toMatchObject({ join: 'earlier', merge: ['later'] });
  });

  it('never merges by a headline alone', () => {
    const bare: Draft = { title: RAILWAY.title };
    const decision = decideStory(
      fingerprint(write(bare)),
      [candidate('a', 'one', railway), candidate('b', 'two', { ...drill, title: RAILWAY.title })],
      NOW,
    );
    expect(decision.merge).toEqual([]);
  });

  it('never merges parts of a series', () => {
    const decision = decideStory(
      fingerprint(write(railway)),
      [
        candidate('a', 'one', { ...railway, title: `${RAILWAY.title}（上）` }),
        candidate('b', 'two', { ...railway, title: `${RAILWAY.title}（下）` }),
      ],
      NOW,
    );
    expect(decision.join).not.toBeNull();
    expect(decision.merge).toEqual([]);
  });

  it('does not join a story that holds another issue of the same series', () => {
    const decision = decideStory(
      fingerprint(write({ title: '皖北粮价日报（6月3日）' })),
      [
        candidate('a', 'one', { title: '皖北粮价日报（6月2日）' }),
        candidate('b', 'one', { title: '皖北粮价日报（6月3日）' }),
      ],
      NOW,
    );
    expect(decision.join).toBeNull();
  });
});

describe('a story that one member keeps an entry out of', () => {
  const bulletin = (day: number, over: Draft = {}): Draft => ({ title: `皖北粮价日报（6月${day}日）`, ...over });
  const of = (source: string, day: number) => candidate(source, 'one', bulletin(day, { source }));

  it.each([
    ['is open where two sources speak for it', [of('a', 3), of('b', 3), of('bad', 2)], 'one'],
    ['is open however often that one says so', [of('a', 3), of('b', 3), of('bad', 2), of('bad', 1)], 'one'],
    ['is closed where it is one against one', [of('a', 3), of('bad', 2)], null],
  ])('%s', (_, members, story) => {
    expect(decideStory(fingerprint(write(bulletin(3))), members, NOW).join).toBe(story);
  });
});

describe('a bridge between strangers', () => {
  const digest: Draft = {
    title: `${RAILWAY.title} ${DRILL.title}`,
    text: join([...RAILWAY.paragraphs, ...DRILL.paragraphs]),
    source: 'digest',
  };
  const named: Draft = { title: DRILL.title, text: join(RAILWAY.paragraphs), source: 'digest' };
  const honest = [candidate('a', 'one', railway), candidate('b', 'two', drill)] as const;
  const bare = candidate('c', 'two', { title: DRILL.title });
  const own = (text: Draft, story: string) => candidate(`own-${story}`, story, text, NOW + 1);
  const membersOf = (all: readonly Candidate[]) =>
    new Map(all.map(({ story }) => [story, all.filter((one) => one.story === story)]));

  it.each([
    ['a digest of both', digest, honest],
    ['a bare headline of one over the text of the other', named, [honest[0], bare]],
    ['a digest, after one of its source is in the first', digest, [...honest, own(digest, 'one')]],
    ['a digest, after one of its source is in each', digest, [...honest, own(digest, 'one'), own(digest, 'two')]],
  ])('merges nothing: %s', (_, bridge, all) => {
    const print = fingerprint(write(bridge));
    // By its own word alone it would make one of the two.
    expect(decideStory(print, all, NOW).merge).toHaveLength(1);
    expect(decideStory(print, all, NOW, { members: membersOf(all) }).merge).toEqual([]);
  });

  it('gives no source’s own story the place of another’s', () => {
    const mine = candidate('m', 'mine', { ...railway, source: 'digest' }, NOW - DAY_MS);
    const all = [mine, candidate('a', 'one', { ...railway, title: '合肥到南京又添一条快线' })];
    const decision = decideStory(fingerprint(write({ ...railway, source: 'digest' })), all, NOW, {
      members: membersOf(all),
    });
    expect(decision).toMatchObject({ join: 'one', merge: ['mine'] });
  });
});

describe('decideStory', () => {
  it('gives one answer for every order of candidates', () => {
    const known = [
      candidate('a', 'one', railway),
      candidate('b', 'two', { ...railway, title: '合肥到南京又添一条快线' }),
      candidate('c', 'three', drill),
      candidate('d', 'four', { title: RAILWAY.title }),
    ];
    const answers = new Set(
      orders(known.length, 24).map((order) =>
        JSON.stringify(
          decideStory(
            fingerprint(write(railway)),
            order.flatMap((i) => known[i] ?? []),
            NOW,
          ),
        ),
      ),
    );
    expect(answers.size).toBe(1);
  });

  it.each([
    '',
    '{}',
    'e1',
    'e0 a b c d e f g h i j k',
    'e1 !! ~~ - - - zz zz x.y z.z.z.z q 题',
    '{"link":null,"content":"x"}',
  ])('takes evidence it cannot read (%j) for another story', (evidence) => {
    const broken: Candidate = { entry: 'x', story: 'x', evidence, storedAt: NOW };
    expect(decideStory(fingerprint(write(railway)), [broken], NOW).join).toBeNull();
    expect(decideStory({ keys: [], topics: [], evidence }, [candidate('a', 'one', railway)], NOW).join).toBeNull();
  });
});

describe('arrival', () => {
  const first = RAILWAY.paragraphs[0] ?? '';
  const drafts: readonly Draft[] = [
    railway,
    { ...railway, title: '合肥到南京又添一条快线', text: `新华社合肥6月2日电（记者 张三）${join(RAILWAY.paragraphs)}` },
    { title: convertScript(RAILWAY.title, 'hant'), text: convertScript(join(RAILWAY.paragraphs), 'hant') },
    { title: RAILWAY.title, summary: first.slice(0, 48) },
    { title: '“菜还是热的”', text: join(RAILWAY.paragraphs.slice(1)) },
    drill,
    { ...drill, title: `${DRILL.title}（图）` },
    forecast('合肥', 3, 19, 28, 3),
    forecast('合肥', 4, 21, 30, 2),
    { ...prices(2, 21, 9, 4), published: NOW - DAY_MS },
    prices(3, 22, 8, 5),
    { title: '新安江上的守望者（上）' },
    { title: '新安江上的守望者（下）' },
  ];

  it('makes the same stories in every order', () => {
    const partitions = new Set(orders(drafts.length, 60).map((order) => partition(drafts, order)));
    expect([...partitions]).toEqual(['0+1+2+3+4 10 11 12 5+6 7 8 9']);
  });

  it('follows an entry through merges', () => {
    const memory = createStoryMemory();
    const add = (id: string, draft: Draft, at: number) => memory.add(id, fingerprint(write(draft)), at);
    const half = Math.ceil(RAILWAY.paragraphs.length / 2);
    add('a', { title: '一根钢轨', text: join(RAILWAY.paragraphs.slice(0, half)) }, NOW);
    add('b', { title: '一张车票', text: join(RAILWAY.paragraphs.slice(half)) }, NOW + 1);
    expect(memory.storyOf('b')).toBe('b');
    add('c', { title: '一根钢轨', text: join(RAILWAY.paragraphs) }, NOW + 2);
    add('d', { title: '一张车票', text: join(RAILWAY.paragraphs) }, NOW + 3);
    expect(memory.storyOf('d')).toBe('b');
    add('e', { title: '一根钢轨', text: join(RAILWAY.paragraphs) }, NOW + 4);
    expect([memory.storyOf('d'), memory.storyOf('e')]).toEqual(['a', 'a']);
    expect(memory.storyOf('nobody')).toBeNull();
  });
});

describe('the near window', () => {
  const headline = { title: '桐城文庙修缮完工重新开放' };
  const fresh = fingerprint(write({ ...headline, published: NOW + 4 * DAY_MS }));

  it.each([
    [3, null],
    [5, 'one'],
  ])('of %i days decides on a headline that comes after four: %s', (nearDays, story) => {
    expect(decideStory(fresh, [candidate('one', 'one', headline)], NOW + 4 * DAY_MS, { nearDays }).join).toBe(story);
  });
});

describe('fingerprint', () => {
  it.each([
    ['nothing', { title: '', text: '', link: null }],
    ['a lone surrogate', { title: '\ud800', text: '\udfff'.repeat(100) }],
    ['spaces and marks', { title: ' \t\n。。。', text: '\u3000'.repeat(1000) }],
    ['a very long text', { title: '长'.repeat(5000), text: '江淮之间的雨，'.repeat(40_000) }],
    ['a broken address', { link: 'not an address %%%', title: '题' }],
    ['a line of brackets', { title: '('.repeat(400), text: '（'.repeat(12_000) }],
    ['digits without end', { title: '1'.repeat(400), text: '12.'.repeat(5000) }],
  ] satisfies [string, Draft][])('takes %s', (_, draft) => {
    const { keys, evidence } = fingerprint(write(draft));
    for (const key of keys) expect(key).toMatch(/^[\w-]{9}$/);
    expect(keys.length).toBeLessThanOrEqual(9);
    expect(Buffer.byteLength(evidence)).toBeLessThan(1200);
    expect(() => decideStory({ keys, topics: [], evidence }, [candidate('a', 'one', railway)], NOW)).not.toThrow();
  });

  it('gives few short keys and little evidence', () => {
    const { keys, evidence } = fingerprint(write(railway));
    expect(keys.length).toBeLessThanOrEqual(12);
    expect(Buffer.byteLength(evidence)).toBeLessThan(600);
  });

  it('makes no key of lines that all entries of an account share', () => {
    const furniture = '点击上方蓝字关注我们的公众号\n欢迎订阅皖江生活\n';
    const one = fingerprint(write({ title: '含山麦收', text: `${furniture}${join(RAILWAY.paragraphs)}` }));
    const two = fingerprint(write({ title: '蚌埠演练', text: `${furniture}${join(DRILL.paragraphs)}` }));
    expect(one.keys.filter((key) => two.keys.includes(key))).toEqual([]);
  });
});

describe('linkKey', () => {
  it.each([
    ['the scheme', 'http://news.example/a/1.html', 'https://news.example/a/1.html'],
    ['www', 'https://www.news.example/a/1.html', 'https://news.example/a/1.html'],
    ['the mobile twin', 'https://m.news.example/a/1.html', 'https://news.example/a/1.html'],
    ['the index file', 'https://news.example/a/index.shtml', 'https://news.example/a/'],
    ['the closing slash', 'https://news.example/a/', 'https://news.example/a'],
    ['the port and the case of the host', 'https://News.Example:443/a', 'https://news.example/a'],
    ['the fragment', 'https://news.example/a#top', 'https://news.example/a'],
  ])('makes nothing of %s', (_, a, b) => {
    expect(linkKey(a)).toBe(linkKey(b));
  });

  it.each([
    ['the path', 'https://news.example/a/1.html', 'https://news.example/a/2.html'],
    ['the query', 'https://news.example/a?id=1', 'https://news.example/a?id=2'],
    ['the case of the path', 'https://mp.example/s/AbC', 'https://mp.example/s/aBc'],
    ['the host', 'https://ah.news.example/1', 'https://js.news.example/1'],
    ['a path behind #!', 'https://news.example/#!/1', 'https://news.example/#!/2'],
    ['a host whose name is m', 'https://m.example/1', 'https://example/1'],
  ])('heeds %s', (_, a, b) => {
    expect(linkKey(a)).not.toBe(linkKey(b));
  });

  it('is the key that an entry of this address has', () => {
    const link = 'https://news.example/a/1.html';
    expect(fingerprint(write({ link, title: '题目' })).keys).toContain(linkKey(link));
  });
});

/** `count` orders of the numbers below `length`, the first of them and its reverse included. */
function orders(length: number, count: number): number[][] {
  const forward = Array.from({ length }, (_, i) => i);
  const next = random(length);
  const shuffled = Array.from({ length: count - 2 }, () =>
    forward
      .map((place) => ({ place, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ place }) => place),
  );
  return [forward, [...forward].reverse(), ...shuffled];
}
