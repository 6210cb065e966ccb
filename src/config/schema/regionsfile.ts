/** What regions.yaml may hold: groups, the home region, the operator’s terms and exclusions. */
import * as z from 'zod';
import { list, optional, place, text } from './fields.ts';

const term = z.strictObject({
  term: text().meta({ description: '词 · the word as it stands in the news', examples: ['科大硅谷'] }),
  region: place,
  weight: optional(z.number().min(0.1).max(10), 1, {
    description: '证据分量 · weight as evidence; 1 is that of a place name',
  }),
});

export const regionsFile = z
  .strictObject({
    groups: optional(
      z.record(text(), z.array(place).min(1)),
      {},
      {
        description: '地区分组：名称 → 成员 · groups: name → places or other groups',
        examples: [{ 皖北: ['阜阳市', '亳州市'] }],
      },
    ),
    home: list(place, {
      description:
        '本地：同名的地方先指这里，地名在这里不易误读，断更提醒只看这里；缺省长三角 · home: names that several places share mean those in it first, its short names are sure, its silences are noticed; default: 长三角',
      examples: [['长三角'], ['福建省']],
    }),
    terms: list(term, { description: '自定义词 → 地区 · your own words for places' }),
    exclusions: list(text(), {
      description: '含地名而非地名的短语 · phrases in which a place name means no place',
      examples: [['宁波路', '王沪宁']],
    }),
  })
  .meta({
    title: 'deltawire regions.yaml',
    description: '地区 · groups, terms and exclusions on top of the gazetteer',
  });
