/** Builds the fields of config files: form, default and meaning, for validation and for editors at once. */
import * as z from 'zod';
import { reason } from '../../reasons/catalogue.ts';
import { refuse } from '../../reasons/schemaissue.ts';
import { type FormCheck, ID_PATTERN, idProblem } from './valueforms.ts';

/** What a schema says of itself: the editor shows `description` and `examples`; faults quote the first example. */
export interface FieldNotes {
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** Written into the JSON Schema; validation uses the transform. */
  readonly default?: unknown;
  /** A pattern or format for the editor where validation is by code. */
  readonly pattern?: string;
  readonly format?: string;
}

/** A text that `check` finds nothing wrong with. */
export function text(check?: FormCheck) {
  return z.string().superRefine((value, context) => {
    const why = value.trim() === '' ? reason('config.value.empty-text') : (check?.(value) ?? null);
    if (why !== null) refuse(context, why);
  });
}

export function whole(min: number, max: number) {
  return z.int().min(min).max(max);
}

/** An optional key: absent and empty (`key:` with nothing after it) both give `fallback`. */
export function optional<T extends z.ZodType, const D>(schema: T, fallback: D, notes: FieldNotes) {
  const shown = fallback === null || fallback === undefined ? {} : { default: fallback };
  return z
    .nullish(schema)
    .transform((value) => value ?? fallback)
    .meta({ ...shown, ...notes });
}

/** An optional list: absent and empty both give no items. */
export function list<T extends z.ZodType>(item: T, notes: FieldNotes) {
  return z
    .nullish(z.array(item))
    .transform((value) => value ?? [])
    .meta({ default: [], ...notes });
}

/** An optional block whose keys have defaults of their own. */
export function section<S extends z.ZodRawShape>(shape: S, description: string) {
  const block = z.strictObject(shape);
  return z
    .nullish(block)
    .transform((value): z.output<typeof block> => value ?? block.parse({}))
    .meta({ description });
}

/** How much one source may bring and keep: key → bounds and meaning. */
export const QUOTA_FIELDS = {
  newPerPoll: {
    form: whole(1, 100_000),
    description: '一次抓取最多收多少新条目（改动另计，同数）· new items taken of one poll, and as many changed ones',
  },
  newPerDay: {
    form: whole(1, 1_000_000),
    description: '一天最多收多少新条目（改动另计，同数）· new items taken in a day, and as many changed ones',
  },
  entries: { form: whole(1, 100_000_000), description: '最多保留多少条 · entries kept' },
  bytes: { form: whole(1024, 1_099_511_627_776), description: '最多占多少字节 · bytes that its entries take' },
} as const;

/** A place: a gazetteer name, a GB/T 2260 code (which YAML reads as a number) or a group of regions.yaml. */
export const place = z
  .union([text(), z.int()])
  .transform((value) => String(value).trim())
  .meta({
    description: '地名、行政区划代码或分组 · a gazetteer name, a GB/T 2260 code, or a group of regions.yaml',
    examples: ['合肥市', '340100', '皖北'],
  });

const ruleField = (description: string) =>
  optional(text(), undefined, { description, examples: ['旅游', '/^广告[|丨]/'] });

/** One `keep` or `drop` rule. */
const rule = z
  .union([
    text(),
    z.strictObject({
      title: ruleField('在标题中 · looked for in the title'),
      text: ruleField('在正文中 · looked for in the text'),
      category: ruleField('在分类中 · looked for in the categories'),
      outlet: ruleField('在来源媒体名中 · looked for in the originating medium'),
      author: ruleField('在作者中 · looked for in the authors'),
      link: ruleField('在链接中 · looked for in the link'),
    }),
  ])
  .meta({
    description:
      '一个词，或几个须同时满足的字段；以拉丁字母或数字开头、结尾的词须整词出现（AI 不算在 Shanghai 里）；`/…/` 为正则表达式 · a plain word, or fields that all must match; a word that begins or ends in a Latin letter or digit counts as a whole word only (AI is not in Shanghai); `/…/` is a regular expression',
    examples: ['招聘', '/^\\[?广告/', { title: '停水', link: '/notice/' }],
  });

/** The id of a source or an edition. */
export const blockId = (of: string, examples: string[]) =>
  text(idProblem).meta({
    description: `${of}的标识，全局唯一 · unique name of the ${of === '来源' ? 'source' : 'edition'}: lower-case letters, digits, . _ -`,
    examples,
    pattern: ID_PATTERN.source,
    maxLength: 64,
  });

export const keep = list(rule, {
  description: '符合任一规则的条目不论地区都收 · entries that match one of these are in, whatever their region',
  examples: [['长三角', '/合肥|芜湖/']],
});
export const drop = list(rule, {
  description: '丢弃符合任一规则的条目 · drop entries that match one of these',
  examples: [['招聘', { title: '/^广告/' }]],
});
