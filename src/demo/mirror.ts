/** Makes a hijacked mirror's version of an item: Traditional characters one by one, question marks, a planted line. */
import { convertScript } from '../zh/convert.ts';
import type { Random } from './random.ts';

// A table-driven mirror knows no phrases and leaves these as they are (干部, 以后, 里).
const LEFT_ALONE = new Set('后里干面只松台系制云丑谷范伙');

const PLANTED = [
  '※本站導航：樣本推廣位，與本文無關，點擊收藏樣報鏡像※',
  '【樣本廣告】鏡像站每日更新 請記住備用網址 sample.invalid',
  '想看更多？搜索“樣報鏡像”即可閱讀下一頁',
];

const converted = new Map<string, string>();

function convert(text: string): string {
  return Array.from(text, (character) => {
    if (LEFT_ALONE.has(character)) return character;
    let hant = converted.get(character);
    if (hant === undefined) {
      hant = convertScript(character, 'hant');
      converted.set(character, hant);
    }
    return hant;
  }).join('');
}

export function mirrorCopy(
  item: { readonly title: string; readonly paragraphs: readonly string[] },
  random: Random,
): { title: string; paragraphs: readonly string[] } {
  // The two ideographic spaces that open a paragraph come out of a lossy re-encoding as `????`, commas as ASCII.
  const paragraphs = item.paragraphs.map((text) => `????${convert(text).replaceAll('，', ',')}`);
  paragraphs.splice(random.whole(1, paragraphs.length), 0, random.pick(PLANTED));
  return { title: convert(item.title), paragraphs };
}
