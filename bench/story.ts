/** Measures what recognising stories costs: `npx tsx bench/story.ts [entries]`, beside a SHA-256 of the same text in the same run. */
import { createHash } from 'node:crypto';
import { fingerprint, type Fingerprintable } from '../src/story/keys/fingerprint.ts';
import { decideStory } from '../src/story/match.ts';
import { createStoryMemory } from '../src/story/memory.ts';
import type { Candidate } from '../src/model/story.ts';
import { convertScript } from '../src/zh/convert.ts';

const COUNT = Number(process.argv[2] ?? 3000);
const NOW = Date.UTC(2026, 5, 1);
const CHARACTERS =
  '安徽合肥芜湖阜阳江苏南京苏州浙江杭州宁波上海长三角一体化发展规划建设项目企业创新科技产业经济增长市民服务交通高铁港口生态环境治理水利农业乡村振兴教育医疗文化旅游活动会议记者了解介绍表示目前今年预计将进一步推进加快提升完善实现';

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** About 700 characters, 2 KB in UTF-8, in clauses of 6 to 24. */
function write(seed: number): Fingerprintable {
  const next = random(seed);
  const words = (length: number) => {
    let text = '';
    for (let i = 0; i < length; i++) text += CHARACTERS.charAt(Math.floor(next() * CHARACTERS.length));
    return text;
  };
  const paragraphs = Array.from({ length: 7 }, () => {
    const clauses = Array.from({ length: 6 }, () => words(6 + Math.floor(next() * 18)));
    clauses.push(`${Math.floor(next() * 31) + 1}日新增${Math.floor(next() * 1000)}人`);
    return `${clauses.join('，')}。`;
  });
  return {
    source: `source-${seed % 97}`,
    link: `https://news.example.com/2026/06/01/${seed}.html`,
    title: `${words(18)}${seed % 1000}万`,
    text: `新华社合肥6月1日电（记者 ${words(3)}）${paragraphs.join('\n')}`,
    summary: '',
    published: NOW - seed * 1000,
  };
}

function timed(name: string, count: number, run: () => void): void {
  const from = performance.now();
  run();
  const ms = performance.now() - from;
  console.log(`${name.padEnd(46)} ${(ms / count).toFixed(4)} ms each`);
}

const entries = Array.from({ length: COUNT }, (_, i) => write(i + 1));
const hant = entries.slice(0, 500).map(({ title, text, source, link, published }): Fingerprintable => {
  return {
    source,
    link,
    published,
    summary: '',
    title: convertScript(title, 'hant'),
    text: convertScript(text, 'hant'),
  };
});
for (const entry of [...entries, ...hant].slice(-1000)) fingerprint(entry);

const characters = entries.reduce((sum, { text }) => sum + text.length, 0) / COUNT;
console.log(`${COUNT} entries of ${Math.round(characters)} characters on average`);
timed('SHA-256 of the text (reference)', COUNT, () => {
  for (const { text } of entries) createHash('sha256').update(text).digest('hex');
});
timed('fingerprint, Simplified', COUNT, () => {
  for (const entry of entries) fingerprint(entry);
});
timed('fingerprint, Traditional', hant.length, () => {
  for (const entry of hant) fingerprint(entry);
});

const prints = entries.map((entry) => fingerprint(entry));
const candidates = prints
  .slice(0, 4)
  .map(({ evidence }, i): Candidate => ({ entry: `e${i}`, story: `s${i}`, evidence, storedAt: NOW }));
timed('decideStory, 4 unrelated candidates', COUNT, () => {
  for (const print of prints) decideStory(print, candidates, NOW);
});
const copies = Array.from({ length: 32 }, (_, i): Candidate => ({
  entry: `c${i}`,
  story: 'one',
  evidence: prints[0]?.evidence ?? '',
  storedAt: NOW,
}));
timed('decideStory, 32 copies', 200, () => {
  for (let i = 0; i < 200; i++) decideStory(prints[0] ?? { keys: [], topics: [], evidence: '' }, copies, NOW);
});
const memory = createStoryMemory();
timed('fingerprint and match in memory', COUNT, () => {
  for (const [i, entry] of entries.entries()) memory.add(`${i}`, fingerprint(entry), NOW);
});
const stories = new Set(entries.map((_, i) => memory.storyOf(`${i}`)));
console.log(`${stories.size} stories of ${COUNT} unrelated entries`);

const mean = (size: (print: (typeof prints)[number]) => number) =>
  prints.reduce((sum, print) => sum + size(print), 0) / COUNT;
console.log(
  `evidence ${mean(({ evidence }) => Buffer.byteLength(evidence)).toFixed(0)} bytes, ` +
    `keys ${mean(({ keys }) => keys.length).toFixed(1)} of ${mean(({ keys }) => keys.join('').length / keys.length).toFixed(1)} bytes, an entry`,
);
