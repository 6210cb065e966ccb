/** Why an entry is part of a story, or is none: what headlines, texts, numbers and days say. */
import { rows } from './row.ts';

export const STORY = rows({
  'story.restored': {
    zh: '由 `deltawire doctor` 从条目重新拼出',
    en: 'put together again from its entries by `deltawire doctor`',
  },
  'story.new': { zh: '未发现重复报道', en: 'no copy of it is known' },
  'story.nearest': {
    // `entry`: its id; `title` is folded, as entries are compared. Pages show the entry's own.
    params: { entry: 'text', title: 'text', why: 'reason' },
    zh: '未发现重复报道；最接近的一则是“{title}”：{why}',
    en: 'no copy of it is known; nearest is “{title}”: {why}',
  },
  'story.changed': { zh: '同一条目，来源作了修改', en: 'the same entry, changed by its publisher' },
  'story.left': {
    params: { story: 'text', why: 'reason' },
    zh: '来源修改后离开报道 {story}：{why}',
    en: 'changed by its publisher, it left story {story}: {why}',
  },
  'story.same-address': { zh: '网址相同', en: 'the same address' },
  'story.address-but': {
    params: { why: 'reason' },
    zh: '网址相同，但{why}',
    en: 'the address is the same, but {why}',
  },
  'story.same-title-and-text': { zh: '标题和正文都相同', en: 'the same title and text' },
  'story.same-text': { zh: '正文相同', en: 'the same text' },
  'story.alike': { params: { likeness: 'reasons' }, zh: '{likeness}', en: '{likeness}' },
  'story.same-headline': {
    params: { span: 'reason' },
    zh: '{span}标题相同，正文没有不符之处',
    en: 'the same headline {span}, with no text that speaks against it',
  },
  'story.headline-extended': {
    params: { span: 'reason' },
    zh: '{span}标题用词相同，正文没有不符之处',
    en: 'a headline with the same words {span}, with no text that speaks against it',
  },
  'story.headline-reworded': {
    params: { span: 'reason' },
    zh: '{span}标题换了说法或次序，意思相同，正文没有不符之处',
    en: 'the same headline in other words or another order {span}, with no text that speaks against it',
  },

  // What two entries have in common.
  'story.likeness.title-equal': { zh: '标题一致', en: 'the same title' },
  'story.likeness.title-extended': { zh: '标题几乎相同', en: 'nearly the same title' },
  'story.likeness.title-pattern': { zh: '标题格式相同', en: 'a title of the same pattern' },
  'story.likeness.title-similar': { zh: '标题相近', en: 'a similar title' },
  'story.likeness.text': {
    params: { shorter: 'percent', longer: 'percent' },
    zh: '正文重合 {shorter}（较长的一篇为 {longer}）',
    en: 'text overlap {shorter} ({longer} of the longer one)',
  },
  'story.likeness.opening': { zh: '开头相同', en: 'they begin alike' },
  'story.within.day': { zh: '一天之内', en: 'within a day' },
  'story.within.days': { params: { days: 'count' }, zh: '{days} 天之内', en: 'within {days} {days|day|days}' },

  // What makes two stories tell of one event.
  'story.related.words': {
    params: { words: 'text' },
    zh: '标题说的是同一件事：{words}',
    en: 'their headlines tell of one event: {words}',
  },
  'story.related.text': {
    params: { shorter: 'percent' },
    zh: '同一天的正文有 {shorter} 重合，各有写法',
    en: 'texts of one day, each in its own words, overlap by {shorter}',
  },
  'story.related.updates': {
    params: { title: 'text' },
    zh: '“{title}”的后续',
    en: 'tells “{title}” further',
  },
  'story.related.updated': {
    params: { title: 'text' },
    zh: '后续见“{title}”',
    en: '“{title}” tells it further',
  },

  // What keeps two entries apart.
  'story.parts': {
    params: { one: 'text', other: 'text' },
    zh: '它们是一个系列的{one}篇和{other}篇',
    en: 'they are parts {one} and {other} of a series',
  },
  'story.one-is-a-part': { zh: '只有一篇是系列报道的一部分', en: 'only one of them is a part of a series' },
  'story.issues-of-one-text': {
    zh: '正文相同，但标题是连续的期号',
    en: 'the text is the same, but their headlines count on',
  },
  'story.boilerplate': {
    zh: '正文是同样的几行，但同一来源用了别的标题',
    en: 'the text is the same few lines, under another headline of the same source',
  },
  'story.other-numbers-in-template': {
    zh: '标题是同一格式，数字不同',
    en: 'their headlines are one template with other numbers',
  },
  'story.other-numbered-name': {
    zh: '标题里编号的名称不同（如几号线、第几批）',
    en: 'what their headlines name by number is not the same',
  },
  'story.other-person': {
    zh: '标题是同一格式，写的是不同的人',
    en: 'their headlines are one template about two people',
  },
  'story.template-numbers-differ': {
    zh: '标题是同一格式，正文里的数字不同',
    en: 'their headlines are one template and their numbers differ',
  },
  'story.other-days': { zh: '说的是不同的日子', en: 'they tell of different days' },
  'story.alike-other-days': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，但说的是不同的日子',
    en: '{likeness}, but they tell of different days',
  },
  'story.alike-two-notices': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，但它们是同一来源的两则公告，这还不够',
    en: '{likeness}, too little for two notices of the same source',
  },
  'story.alike-another-day': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，但它们是同一来源隔日的稿件，这还不够',
    en: '{likeness}, too little for the same source on another day',
  },
  'story.alike-numbers-differ': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，但数字不同',
    en: '{likeness}, but their numbers differ',
  },
  'story.alike-too-late': {
    params: { likeness: 'reasons', days: 'count' },
    zh: '{likeness}，但相隔 {days} 天，这还不够',
    en: '{likeness}, too little after {days} {days|day|days}',
  },
  'story.alike-headline-numbers': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，但标题里的数字不同',
    en: '{likeness}, but the numbers in their headlines differ',
  },
  'story.alike-too-little': {
    params: { likeness: 'reasons' },
    zh: '{likeness}，还不够',
    en: '{likeness}, too little',
  },
  'story.no-text.headlines-differ': {
    zh: '标题不同，又没有正文可比',
    en: 'their headlines differ and there is no text to compare',
  },
  'story.no-text.standing-phrase': {
    zh: '标题是固定用语，又没有正文可比',
    en: 'the headline is a standing phrase and there is no text to compare',
  },
  'story.no-text.headline-adds': {
    params: { added: 'text' },
    zh: '一个标题多了“{added}”，又没有正文可比',
    en: 'one headline adds “{added}” and there is no text to compare',
  },
  'story.no-text.too-late': {
    params: { days: 'count' },
    zh: '标题相同，但相隔 {days} 天，又没有正文可比',
    en: 'the headline is the same, but {days} {days|day lies|days lie} between and there is no text to compare',
  },
  'story.no-text.another-day': {
    zh: '标题相同，但它们是同一来源隔日的稿件',
    en: 'the headline is the same, of the same source on another day',
  },
});
