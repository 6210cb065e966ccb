/** What is wrong with how a command of the command line was called. */
import { rows } from './row.ts';

export const USAGE = rows({
  'usage.unknown-option': {
    params: { given: 'text' },
    zh: '没有 `{given}` 这个选项',
    en: 'unknown option `{given}`',
  },
  'usage.unknown-command': {
    params: { given: 'text' },
    zh: '没有 `{given}` 这个命令',
    en: 'unknown command `{given}`',
  },
  'usage.near': {
    params: { what: 'reason', near: 'choices' },
    zh: '{what}，是不是 {near}？',
    en: '{what}; did you mean {near}?',
  },
  'usage.missing-argument': { params: { name: 'text' }, zh: '缺少 `<{name}>`', en: 'missing `<{name}>`' },
  'usage.missing-value': {
    params: { option: 'text' },
    zh: '选项 `{option}` 后面缺少值',
    en: 'the option `{option}` needs a value',
  },
  'usage.too-many': {
    params: { expected: 'count', given: 'count' },
    zh: '参数太多：应有 {expected} 个，给了 {given} 个',
    en: 'too many arguments: expected {expected}, got {given}',
  },
  'usage.other': { params: { said: 'text' }, zh: '用法不对：{said}', en: '{said}' },
  'usage.help': {
    params: { what: 'reason', command: 'text' },
    zh: '{what}（用法：`{command}`）',
    en: '{what} (usage: `{command}`)',
  },
  'usage.value': {
    params: { option: 'text', value: 'text', expected: 'choices' },
    zh: '`{option} {value}` 不对，应为 {expected}',
    en: '{option} {value}: expected {expected}',
  },
  'usage.whole-number': {
    params: { option: 'text', value: 'text' },
    zh: '`{option} {value}` 不对，应为从 1 起的整数',
    en: '{option} {value}: expected a whole number from 1',
  },
});
