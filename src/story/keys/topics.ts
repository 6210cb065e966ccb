/** Turns a headline into its topics: pairs of characters, numbers with what they count, words of other alphabets. */
import { withoutGeneric } from './generic.ts';
import { tagText } from './hash.ts';
import { T } from '../verdict/thresholds.ts';

/** Words of offices and of reporting that stand in headlines on anything. */
const REPORTING =
  /外交部|国防部|商务部|发言人|记者会|新闻办|有关部门|官方|当地|媒体|网友|回应|宣布|表示|透露|指出|强调|发布|举行|要求|进行|成为|已经|正在|可能|或将|首次|问题|情况|如何评价|如何看待/g;
const TOKEN = /[a-z]+\d*[a-z]*|\d+(?:\.\d+)?[\u4e00-\u9fff%]?/g;

/** Of a plain headline, in its order, each once. Numbers without a unit and single characters are none. `bare`: as of `withoutGeneric`. */
export function topicsOf(title: string, bare = withoutGeneric(title)): readonly string[] {
  const topics = new Set<string>();
  for (const [token] of title.matchAll(TOKEN)) if (token.length > 1) topics.add(token);
  const telling = bare.replace(REPORTING, ' ').replace(TOKEN, ' ');
  for (let at = 0; at + 1 < telling.length; at++) {
    const pair = telling.slice(at, at + 2);
    if (!pair.includes(' ')) topics.add(pair);
  }
  return [...topics];
}

/** Index keys of a headline's first topics. */
export function topicKeys(title: string, bare: string): readonly string[] {
  return topicsOf(title, bare).slice(0, T.related.topics).map(topicKey);
}

/** The index key of a topic. */
export function topicKey(topic: string): string {
  return `r${tagText(topic)}`;
}
