import { expect, it } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { whyOf } from '../../src/reasons/whyof.ts';

it('reads what the system says, and what the program says in place of a message', () => {
  expect(whyOf('connect ECONNREFUSED 127.0.0.1:6379')).toEqual(reason('system.refused'));
  expect(say(whyOf(say(reason('redis.no-command'), 'en')), 'zh')).toBe('它不接受命令');
  expect(whyOf('ERR some other words')).toBe('ERR some other words');
});
