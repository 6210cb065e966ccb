/** Where an entry stands in an edition's feed, and what of the feed's bounds keeps it out. */
import { rows } from './row.ts';

export const STANDING = rows({
  'standing.page': {
    params: { page: 'count', rank: 'count', stories: 'count', size: 'count' },
    zh: '第 {page} 页；按时间在 {stories} 条里排第 {rank}，每页 {size} 条',
    en: 'page {page}; number {rank} of {stories} by time, {size} to a page',
  },
  'standing.max-age': {
    params: { published: 'moment', most: 'span' },
    zh: '{published} 的，超过了这一版的时限 {most}（`maxAge`）',
    en: 'of {published}, older than the edition takes: {most} (`maxAge`)',
  },
  'standing.per-source': {
    params: { source: 'text', most: 'count', page: 'count' },
    zh: '来源 {source} 在第 {page} 页上已有 {most} 条，到了上限（`perSource`）',
    en: 'source {source} leads {most} stories of page {page} already, which is all that it may (`perSource`)',
  },
  'standing.digest': {
    params: { day: 'text', stories: 'count' },
    zh: '在 {day} 的早报里，那天共 {stories} 条',
    en: 'in the digest of {day}, which tells {stories} stories',
  },
  'standing.no-digest': {
    params: { stories: 'count' },
    zh: '这一版每天一条，只汇集当天最受关注的 {stories} 条；这一条不在其中，或那天的还没有发布',
    en: 'the edition tells once a day of the {stories} stories of most weight; this is none of them, or its day is yet to come',
  },
  'standing.placing': {
    zh: '按现在的配置属于这一版；已存的条目正在重新归版',
    en: 'it belongs to the edition by the config in force; stored stories are being placed anew',
  },
});
