import { expect, test } from 'vitest';
import { sayCron } from '../../src/reasons/cronwords.ts';

test.each([
  ['*/10 * * * * *', '每 10 秒（*/10 * * * * *）', 'every 10 seconds (*/10 * * * * *)'],
  ['* * * * * *', '每秒（* * * * * *）', 'every second (* * * * * *)'],
  ['* * * * *', '每分钟（* * * * *）', 'every minute (* * * * *)'],
  ['*/15 * * * *', '每 15 分钟（*/15 * * * *）', 'every 15 minutes (*/15 * * * *)'],
  ['*/1 * * * *', '每分钟（*/1 * * * *）', 'every minute (*/1 * * * *)'],
  ['5 * * * *', '每小时第 5 分（5 * * * *）', 'hourly at minute 5 (5 * * * *)'],
  ['0 */2 * * *', '每 2 小时（0 */2 * * *）', 'every 2 hours (0 */2 * * *)'],
  ['5 7 * * *', '每天 07:05（5 7 * * *）', 'daily at 07:05 (5 7 * * *)'],
  ['0 30 7 * * *', '每天 07:30（0 30 7 * * *）', 'daily at 07:30 (0 30 7 * * *)'],
  ['0,30 6-22 * * 1-5', '0,30 6-22 * * 1-5', '0,30 6-22 * * 1-5'],
  ['0 0 1 1 *', '0 0 1 1 *', '0 0 1 1 *'],
])('%s is said in words', (expression, zh, en) => {
  expect([sayCron(expression, 'zh'), sayCron(expression, 'en')]).toEqual([zh, en]);
});
