/** Why items of a source wait for later polls, and what became of them. */
import { rows } from './row.ts';

export const QUOTA = rows({
  'quota.poll': {
    params: { items: 'count', most: 'count' },
    zh: '{items} 条留待以后抓取：一次最多收 {most} 条',
    en: '{items} {items|item waits|items wait} for later polls: one poll may bring {most} (quotas.newPerPoll)',
  },
  'quota.day': {
    params: { items: 'count', most: 'count' },
    zh: '{items} 条留待以后抓取：一天最多收 {most} 条',
    en: '{items} {items|item waits|items wait} for later polls: one day may bring {most} (quotas.newPerDay)',
  },
  'quota.surge': {
    params: { items: 'count', most: 'count', usual: 'count' },
    zh: '{items} 条留待以后抓取：平时一天约 {usual} 条，今天已收到 {most} 条；确属正常时，可为这个来源单设每日限额',
    en: '{items} {items|item waits|items wait} for later polls: it usually brings about {usual} a day, and today has brought {most}; where that is right, give the source a quotas.newPerDay',
  },
  'quota.forgotten': {
    params: { items: 'count' },
    zh: '条目已过保留期限而删除，之后又被来源修改，不再收入；共 {items} 条，这是第一条',
    en: 'changed by its source after it had passed its retention here: not taken again; {items} {items|item|items} like this, and this is the first',
  },
  'quota.left': {
    params: { items: 'count' },
    zh: '超出来源的限额，未收入；离开来源时共 {items} 条，这是第一条',
    en: 'more than the quotas of its source let in; {items} {items|item|items} left it so, and this is the first',
  },
});
