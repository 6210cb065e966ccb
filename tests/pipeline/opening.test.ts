/** Takes reports with every usual head through the editorial stages with the shipped config: the head decides nothing but place and day. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import type { RawItem } from '../../src/model/feed.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { createEditor, type Edited, type Editor } from '../../src/pipeline/editorial.ts';
import { makeSource } from '../support/configs.ts';

const TOLD = '骆岗公园的银杏黄了，一早就有安徽各地的市民来拍照，园方说，赏叶期大约还有两周，周末会增开接驳车。';
const SOURCE = makeSource({ id: 'one', url: 'https://news.example/feed.xml' });

let editor: Editor;

beforeAll(async () => {
  const loaded = await loadConfig(fileURLToPath(new URL('../../config/', import.meta.url)), {}, CONFIG_CHECKS, 0);
  if (!loaded.ok) throw new Error('the shipped config is broken');
  editor = createEditor(loaded.config);
});

function edit(head: string, told = TOLD): Edited {
  const item: RawItem = {
    id: 'one',
    guid: null,
    title: '公园银杏迎来最佳观赏期',
    link: 'https://news.example/2026/0130/one.html',
    summary: null,
    content: `<p>${head}${told}</p>`,
    authors: [],
    published: Date.UTC(2026, 0, 30, 4),
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
  };
  return editor.edit(item, SOURCE, { title: null, baseUrl: null });
}

describe('a report whose text names no place', () => {
  it.each([
    ['中新社合肥1月30日电（记者张强）', true],
    ['中新社合肥一月三十日电（记者张强）', true],
    ['中新社广州1月30日电（记者张强）', false],
    ['中新社广州一月三十日电（记者张强）', false],
  ])('%s: kept %s', (head, kept) => {
    const { judgement } = edit(head, '银杏黄了，一早就有市民来拍照，园方说，赏叶期大约还有两周。');
    expect(judgement.editions.includes('anhui')).toBe(kept);
  });
});

describe('the head of a report', () => {
  it.each([
    ['新华社合肥1月30日电（记者吴小宇）', '新华社合肥一月三十日电（记者吴小宇）'],
    ['中新社合肥1月30日电（记者张强）', '中新社合肥一月三十日电（记者张强）'],
    ['新华财经合肥1月30日电（记者吴小宇）', '新华财经合肥一月三十日电（记者吴小宇）'],
    ['新华社记者吴小宇1月30日合肥电：', '新华社记者吴小宇一月三十日合肥电：'],
    ['（记者吴小宇）新华社合肥1月30日电 ', '（记者吴小宇）新华社合肥一月三十日电 '],
    ['新华社合肥1月30日电 题：', '新华社合肥一月三十日电 题：'],
    ['据新华社合肥1月30日电 ', '據新華社合肥一月三十日電 '],
    ['人民网合肥1月30日电（张三）', '人民网合肥1月30日电 （张三、李四）'],
    ['央广网合肥1月30日消息（记者张三）', '安徽日报合肥2026年1月30日讯（记者张三）'],
  ])('%s decides as %s does', (one, other) => {
    const [first, second] = [edit(one), edit(other)];
    expect(first.judgement.editions).toContain('anhui');
    expect(second.judgement.editions).toEqual(first.judgement.editions);
    const own = ({ classification }: Edited) =>
      classification.regions.map(({ code, evidence }) => ({ code, evidence }));
    expect(own(second).map(({ code }) => code)).toEqual(own(first).map(({ code }) => code));
    expect(first.cleaned.entry.dateline).toEqual({ place: '合肥', date: '2026-01-30' });
    expect(second.cleaned.entry.dateline).toEqual({ place: '合肥', date: '2026-01-30' });
  });

  it.each([
    '新华社合肥1月30日电（记者吴小宇）',
    '新华社合肥一月三十日电（记者吴小宇）',
    '新华社记者吴小宇1月30日合肥电：',
    '新华财经合肥1月30日电（记者吴小宇）',
    '中新网1月30日电 ',
    '本报合肥讯（记者张三）',
    '新华社北京、合肥1月30日电 ',
    '（记者吴小宇）新华社合肥1月30日电 ',
    '（合肥讯）',
    '中安在线讯 ',
    '〔記者王小明／台北報導〕',
    '解放日报·上观新闻1月30日讯（记者 张三）',
  ])('%s leaves no trace in what stories are recognised by', (head) => {
    expect(edit(head).fingerprint.keys).toEqual(edit('').fingerprint.keys);
  });

  it('says nothing of the region but by its place', () => {
    const evidence = edit('新华社合肥1月30日电（记者张上海）', TOLD.replace('安徽', '')).classification;
    const pieces = [...evidence.regions, ...(evidence.mentioned ?? [])].flatMap((hit) => hit.evidence);
    expect(pieces.filter(({ term }) => /合肥|上海/.test(term)).map(({ field }) => field)).toEqual(['dateline']);
  });
});
