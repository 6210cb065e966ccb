/** What editions.yaml may hold: every key of an edition, its form, default and meaning. */
import * as z from 'zod';
import { blockId, drop, keep, list, optional, place, text, whole } from './fields.ts';
import { clockProblem, durationProblem } from './valueforms.ts';

const edition = z.strictObject({
  id: blockId('版面', ['delta', 'anhui']),
  title: optional(text(), null, { description: '标题，缺省同 id · title of the feed; default: the id' }),
  description: optional(text(), '', { description: '简介 · description of the feed' }),
  regions: list(place, {
    description: '地区；为空则不限 · places and groups; empty: every region',
    examples: [['长三角']],
  }),
  match: optional(z.enum(['about', 'from', 'either']), 'about', {
    description:
      'about：内容涉及；from：媒体所在；either：任一 · what the story tells of, where its outlet is, or either',
  }),
  sources: list(text(), {
    description: '来源 id；为空则全部 · source ids; empty: all',
    examples: [['chinanews-scroll']],
  }),
  keep,
  drop,
  script: optional(z.enum(['hans', 'hant']), null, {
    description: '转换为简体或繁体；缺省照原文 · convert to Simplified or Traditional; default: as published',
  }),
  content: optional(z.enum(['summary', 'full']), 'full', { description: '摘要或全文 · summary or full text' }),
  size: optional(whole(1, 1000), 100, { description: '条数上限 · stories at most' }),
  perSource: optional(whole(1, 1000), null, {
    description:
      '每页中每个来源最多领衔多少条；缺省只限第一页：四分之一，别的来源不够时补足，其余在下一页 · stories led by one source, a page; default: a quarter of the first page while others fill it, the rest on the next',
  }),
  maxAge: optional(text(durationProblem), null, {
    description: '最长保留时间，如 7d、36h · older stories leave the feed',
    examples: ['7d', '36h'],
  }),
  digest: optional(
    z.strictObject({
      at: text(clockProblem).meta({
        description: '北京时间，如 "07:30" · time of day in Beijing',
        examples: ['07:30'],
      }),
      stories: optional(whole(1, 100), 20, { description: '最多多少条 · stories at most' }),
    }),
    null,
    {
      description:
        '早报：每天一条，汇集此前一天里报道媒体最多的新闻，按地区排列 · one item a day with the stories that most outlets told in the day before, by place',
    },
  ),
});

export const editionsFile = z
  .strictObject({
    editions: z
      .array(edition.meta({ description: '一个版面 · one published feed' }))
      .min(1)
      .meta({ description: '对外发布的版面，第一个为缺省 · the published feeds; the first is the default' }),
  })
  .meta({ title: 'deltawire editions.yaml', description: '版面 · the feeds that deltawire publishes' });
