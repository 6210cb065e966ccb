import { createElement } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Coded } from '../../src/web/ui/coded.tsx';

test.each([
  ['先运行 `chown -R 1000 /app/config`。', '先运行 <code>chown -R 1000 /app/config</code>。'],
  ['`a` and `<b>`', '<code>a</code> and <code>&lt;b></code>'],
  ['an odd ` stays', 'an odd ` stays'],
  ['none', 'none'],
])('%s', (text, html) => expect(renderToStaticMarkup(createElement(Coded, { text }))).toBe(html));
