/** Faults of what the gazetteer and the rule compiler know: names of regions, keep and drop rules, their patterns. */
import { rows } from './row.ts';

export const CONFIG_RULES = rows({
  'config.region.unknown': {
    params: { region: 'text' },
    zh: '没有地区“{region}”：请写地名、行政区划代码或分组',
    en: 'unknown region "{region}"; give a place, a code or a group',
  },
  'config.region.unknown-near': {
    params: { region: 'text', near: 'text' },
    zh: '没有地区“{region}”，是不是“{near}”？',
    en: 'unknown region "{region}"; did you mean "{near}"?',
  },
  'config.region.shared': {
    params: { region: 'text', places: 'choices' },
    zh: '“{region}”可能指{places}：请写明上级地名，或写代码',
    en: 'region "{region}" could be {places}; name the one above it too, or its code',
  },
  'config.region.shared-by-more': {
    params: { region: 'text', places: 'choices', more: 'count' },
    zh: '“{region}”可能指{places}，另有 {more} 处同名：请写明上级地名，或写代码',
    en: 'region "{region}" could be {places} or {more} others; name the one above it too, or its code',
  },
  'config.region.group-near': {
    params: { why: 'reason', near: 'text' },
    zh: '{why}；是不是分组 `{near}`？',
    en: '{why} – did you mean `{near}`?',
  },

  'config.rule.empty': {
    zh: '这条规则没有字段：例如写 `title: 招聘`',
    en: 'the rule has no field: write for example `title: 招聘`',
  },
  'config.rule.unusable': {
    params: { why: 'reason' },
    zh: '{why}；请写 `/RE2 正则/`，或不带斜杠的词语',
    en: '{why}; write `/RE2 pattern/`, or plain words without slashes',
  },
  'config.rule.nothing': {
    params: { fields: 'names' },
    zh: '规则要写一个词，或 {fields} 之一',
    en: 'a rule needs a word or one of {fields}',
  },
  'config.rule.field': {
    params: { field: 'text', fields: 'names' },
    zh: '没有字段“{field}”；规则可用 {fields}',
    en: 'unknown field "{field}"; a rule knows {fields}',
  },
  'config.rule.in-field': { params: { field: 'text', why: 'reason' }, zh: '`{field}`：{why}', en: '{field}: {why}' },
  'config.rule.no-text': { params: { field: 'text' }, zh: '`{field}` 应为文字', en: '{field} must be a text' },
  'config.rule.blank': { zh: '空的词会匹配所有内容', en: 'an empty word would match everything' },
  'config.rule.pattern': {
    params: { pattern: 'text', why: 'reason' },
    zh: '正则表达式 `{pattern}` 无效：{why}',
    en: 'invalid regular expression {pattern}: {why}',
  },

  'config.pattern': { params: { what: 'reason' }, zh: '{what}', en: 'error parsing regexp: {what}' },
  'config.pattern.at': {
    params: { what: 'reason', part: 'text' },
    zh: '{what}（在 `{part}`）',
    en: 'error parsing regexp: {what}: `{part}`',
  },
  // In the words of RE2.
  'config.pattern.class-range': { zh: '字符组里的范围不对', en: 'invalid character class range' },
  'config.pattern.escape': { zh: '反斜杠后的写法不对', en: 'invalid escape sequence' },
  'config.pattern.named-capture': { zh: '命名分组的写法不对', en: 'invalid named capture' },
  'config.pattern.perl': { zh: 'RE2 不支持这种写法', en: 'invalid or unsupported Perl syntax' },
  'config.pattern.nested-repetition': { zh: '表示重复的符号不能连用', en: 'invalid nested repetition operator' },
  'config.pattern.repeat-count': { zh: '重复次数不对', en: 'invalid repeat count' },
  'config.pattern.no-bracket': { zh: '缺少 `]`', en: 'missing closing ]' },
  'config.pattern.no-parenthesis': { zh: '缺少 `)`', en: 'missing closing )' },
  'config.pattern.nothing-repeated': {
    zh: '表示重复的符号前面没有内容',
    en: 'missing argument to repetition operator',
  },
  'config.pattern.backslash': { zh: '末尾多了反斜杠', en: 'trailing backslash at end of expression' },
  'config.pattern.same-name': { zh: '分组重名', en: 'duplicate capture group name' },
  'config.pattern.parenthesis': { zh: '多了 `)`', en: 'unexpected )' },
  'config.pattern.too-deep': { zh: '嵌套太深', en: 'expression nests too deeply' },
  'config.pattern.too-large': { zh: '表达式太大', en: 'expression too large' },
  'config.pattern.other': { params: { said: 'text' }, zh: '无法解析', en: '{said}' },
});
