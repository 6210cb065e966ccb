/** Faulty references, YAML and environment, each with the place and the words of every fault, and all cases together. */
import { edition, one, regions, source, sources } from './cases.ts';
import type { FaultyCase } from './cases.ts';
import { KEY_CASES } from './faulty-keys.ts';

const ACROSS: readonly FaultyCase[] = [
  {
    name: 'an edition of a mistyped source',
    files: { ...source(''), 'editions.yaml': 'editions:\n  - id: x\n    sources:\n      - a\n      - hefei-ribao\n' },
    faults: [['editions.yaml:5:9', 'no source has the id `hefei-ribao`: write an id of sources.yaml']],
  },
  {
    name: 'an edition of a nearly known source',
    files: {
      'sources.yaml': 'sources:\n  - {id: hefei-ribao, url: "http://x.cn/"}\n',
      'editions.yaml': 'editions:\n  - {id: x, sources: [hefei-rbao]}\n',
    },
    faults: [['editions.yaml:2:23', 'no source has the id `hefei-rbao` – did you mean `hefei-ribao`?']],
  },
  one(
    'a digest at no time of day',
    edition('    digest: {at: "7.30"}\n'),
    '3:18',
    'write hours and minutes in Beijing time, such as `"07:30"`',
  ),
  one(
    'an unknown region of an edition',
    edition('    regions: [合肥市, 合服市]\n'),
    '3:20',
    'unknown region "合服市"; did you mean "合肥市"?',
  ),
  one(
    'a region near a group',
    edition('    regions: [长三解]\n'),
    '3:15',
    'unknown region "长三解"; did you mean "长三角"?',
  ),
  one(
    'an unknown region of a source',
    source('    region: 340199\n'),
    '4:13',
    'unknown region "340199"; give a place, a code or a group',
  ),
  one(
    'an unknown member of a group',
    regions('groups:\n  皖北: [亳州市, 毫州市]\n'),
    '2:13',
    'unknown region "毫州市"; did you mean',
  ),
  one(
    'groups in a circle',
    regions('groups:\n  甲: [乙]\n  乙:\n    - 合肥市\n    - 甲\n'),
    '5:7',
    '`甲` → `乙` → `甲`: remove this member',
  ),
  one('an empty group', regions('groups:\n  皖北: []\n'), '2:7', '`皖北` is an empty list: write at least one item'),
  one(
    'a term that is a word',
    regions('terms:\n  - 科大硅谷\n'),
    '2:5',
    'this item is the text `科大硅谷`; expected a block',
  ),
  one(
    'a term without a region',
    regions('terms:\n  - {term: 科大硅谷}\n'),
    '2:5',
    '`region` is missing: write for example `region: "合肥市"`',
  ),
  one(
    'a weight too great',
    regions('terms:\n  - {term: 科大硅谷, region: 合肥市, weight: 50}\n'),
    '2:39',
    'expected a number from 0.1 to 10',
  ),
  one(
    'no editions',
    { 'editions.yaml': 'editions: []\n' },
    '1:11',
    '`editions` is an empty list: write at least one item',
  ),
];

const SYNTAX: readonly FaultyCase[] = [
  one('a tab', sources('sources:\n\t- id: a\n'), '2:1', 'a tab is used as indentation: write spaces'),
  one(
    'ideographic spaces',
    sources('sources:\n　　- id: a\n'),
    '2:1',
    'ideographic or no-break space is used as indentation',
  ),
  one(
    'a key twice',
    source('    url: http://y.cn/\n'),
    '4:5',
    '`url` is written twice in this block (first on line 3): keep one of them',
  ),
  one('a full-width colon', source('    name：合肥\n'), '4:5', '`name：合肥` has a full-width colon: write `name: …`'),
  one(
    'no blank after a colon',
    source('    name:合肥\n'),
    '4:5',
    '`name:合肥` has no blank after the colon: write `name: …`',
  ),
  one(
    'a quote left open',
    source('    name: "合肥\n    trust: 3\n'),
    '4:11',
    'a text in double quotes is not closed on its line',
  ),
  one('a bracket left open', source('    keep: [合肥, 芜湖\n    trust: 3\n'), '5:5', 'close the `[` or `{` above'),
  one('a bracket too many', source('    keep: [合肥]]\n'), '4:15', '`]` does not belong here'),
  one(
    'a line out of line',
    source('   name: x\n'),
    '4:1',
    'begin it with `- `, or line it up with the key it belongs to',
  ),
  one('a second colon', source('    note: 见: 合肥\n'), '4:11', 'put the value in quotes'),
  one('an at sign', source('    name: @合肥\n'), '4:11', 'a value cannot begin with `@`: put it in quotes'),
  one('a backtick', source('    name: `合肥`\n'), '4:11', 'a value cannot begin with a backtick'),
  one('a backslash in quotes', source('    name: "\\合"\n'), '4:12', 'a backslash in double quotes begins an escape'),
  one('two documents', source('---\nsources: []\n'), '4:1', 'keep one document in a file'),
  one(
    'an alias without an anchor',
    source('    headers: *head\n'),
    '4:14',
    'the alias `*head` has no anchor `&head` before it',
  ),
  one(
    'a mistyped alias',
    source('    headers: &common {X: y}\n  - {id: b, url: "http://y.cn/", headers: *comon}\n'),
    '5:43',
    'did you mean `common`?',
  ),
  one('an alias of itself', sources('sources: &a\n  - *a\n'), '2:5', 'the alias `*a` stands inside the block it names'),
  one('a key that is a list', sources('sources: []\n? [a]\n: b\n'), '2:3', 'a key is missing or is a block'),
];

const variable = (name: string, value: string, fragment: string): FaultyCase => ({
  name: `${name}=${value}`,
  files: {},
  env: { [name]: value },
  faults: [['environment:1:1', `${name}: ${fragment}`]],
});

const ENVIRONMENT: readonly FaultyCase[] = [
  variable('DELTAWIRE_PORT', '84800', '`84800` is no port; expected a whole number from 0 to 65535'),
  variable('DELTAWIRE_HOST', 'http://x', '`http://x` is an address: `host` takes only the host'),
  variable('DELTAWIRE_BASE_URL', 'news.x.cn', '`news.x.cn` has no scheme; write `https://news.x.cn`'),
  variable('DELTAWIRE_ADMIN', 'hefei', 'the login (not shown) has no user or no password'),
  variable('DELTAWIRE_ADMIN', 'ops:=15,r=8,p=3', 'the hash of the login (not shown) lost its `$` parts to the shell'),
  variable('DELTAWIRE_BEHIND_PROXY', 'nginx', '`nginx` is no switch; expected `1` or `0`'),
  variable('REDIS_URL', 'reddis://x', 'has the scheme `reddis` – did you mean `redis`?'),
  variable('LOG_LEVEL', 'inof', '`inof` is no level – did you mean `info`?'),
];

export const CASES: readonly FaultyCase[] = [...KEY_CASES, ...ACROSS, ...SYNTAX, ...ENVIRONMENT];
