import { expect, it } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { ReasonError, whyOf } from '../../src/reasons/whyof.ts';

it('reads what the system says, and what the program says itself', () => {
  expect(whyOf('connect ECONNREFUSED 127.0.0.1:6379')).toEqual(reason('system.refused'));
  expect(say(whyOf(new ReasonError(reason('redis.no-command'))), 'zh')).toBe('它不接受命令');
  expect(whyOf('ERR some other words')).toBe('ERR some other words');
});
