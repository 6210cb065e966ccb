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
  'standing.placing': {
    zh: '按现在的配置属于这一版；已存的条目正在重新归版',
    en: 'it belongs to the edition by the config in force; stored stories are being placed anew',
  },
});
