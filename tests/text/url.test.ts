/** Which hosts are the machine itself. */
import { expect, test } from 'vitest';
import { isLoopback } from '../../src/text/url.ts';

test.each([
  ['localhost', true],
  ['LOCALHOST:8480', true],
  ['127.0.0.1:8480', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['[::1]:8480', true],
  ['desk.localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4:8480', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example:80', false],
  ['127.evil.example', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
