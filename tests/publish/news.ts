/** Makes items as news makes them, for what goes out to be compared with what readers make of it. */
import type { EditionItem } from '../../src/publish/edition.ts';
import { makeCopy, makeItem, NOON } from './sample.ts';

const CITIES = ['合肥市', '芜湖市', '南京市', '苏州市', '杭州市', '宁波市', '嘉定区'];
const MARKS = [
  '',
  '：A & B',
  ' “引号”',
  ' 3<5',
  ' x>y',
  ' &amp; 原样',
  ' AT&T',
  ' 100%',
  ' 𠮷野',
  " it's",
  '\u200d👩‍🌾',
  ' $& $1',
];

/** Items as news makes them: every field filled or not, in turn, with the signs that tempt an escape to go wrong. */
export function makeNews(count: number): EditionItem[] {
  return Array.from({ length: count }, (_, n) => {
    const mark = MARKS[n % MARKS.length] ?? '';
    const city = CITIES[n % CITIES.length] ?? '';
    return makeItem({
      id: `story-${n}`,
      title: `${city}第${n}号消息${mark}`,
      link: `https://daily.example/${n}.html?a=1&b=${n}`,
      originalGuid: n % 3 === 0 ? null : `guid ${n}${mark}`,
      published: n % 7 === 0 ? null : NOON - n * 61_000,
      firstSeen: NOON - n * 60_000,
      updated: NOON - n * 60_000 + (n % 5) * 1000,
      summary: `${city}的第${n}条摘要${mark}。`,
      content: `<p>第一段${n}，3 &lt; 5 &amp; 7。</p><p>第二段<strong>要点</strong>。<img src="https://daily.example/${n}.jpg?w=1&amp;h=2" alt="图${n}"></p>`,
      authors: Array.from({ length: n % 4 }, (_, at) => `记者${at}${mark.trim()}`),
      outlet: n % 2 === 0 ? `江淮日报${mark}` : null,
      source: {
        id: `src${n % 9}`,
        name: `源${n % 9}${mark}`,
        url: `https://src.example/${n % 9}?f=rss&x=1`,
        link: null,
      },
      categories: n % 3 === 0 ? [] : ['要闻', `专题${n}${mark}`],
      regions: [{ code: String(340000 + n), name: city }],
      enclosures: Array.from({ length: n % 3 }, (_, at) => ({
        url: `https://media.example/${n}/${at}.mp4?x=1&y=2`,
        type: 'video/mp4',
        length: (at + 1) * 1000 + n,
      })),
      image: n % 2 === 0 ? `https://daily.example/${n}.jpg` : null,
      script: n % 3 === 0 ? 'hant' : 'hans',
      copies: n % 6 === 0 ? [makeCopy({ link: `https://other.example/${n}?a=1&b=2`, outlet: `晚报${mark}` })] : [],
    });
  });
}
