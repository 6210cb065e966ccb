/** The words of the pages for readers: one row a phrase, Chinese and English. */
export const READING_WORDS = {
  topStories: ['要闻', 'Top stories'],
  otherOutlets: ['另有 {n} 家', '{n} more'],
  colon: ['：', ': '],
  timeline: ['时间线', 'Timeline'],
  relatedHere: ['相关报道', 'related'],
  toldFirst: ['首发', 'first'],
  later: ['晚 {time}', '{time} later'],
  byEditor: ['编辑', 'Editor'],
  byPublisher: ['来源', 'Publisher'],
  byRules: ['程序', 'Rules'],
  toHant: ['繁體', '繁體'],
  toHans: ['简体', '简体'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
