/** Whatever HTML goes in, balanced and harmless HTML comes out, and the same when it goes in again. */
import { describe, expect, test } from 'vitest';
import { htmlToText, tidyHtml } from '../../src/publish/tidyhtml.ts';
import { htmlFaults } from './validity.ts';

describe('tidyHtml', () => {
  test.each([
    ['plain paragraphs', '<p>甲</p><p>乙</p>', '<p>甲</p><p>乙</p>'],
    ['bare text', '甲 < 乙 & 丙', '甲 &lt; 乙 &amp; 丙'],
    ['open elements', '<p>甲<strong>乙', '<p>甲<strong>乙</strong></p>'],
    ['crossed elements', '<b>甲<i>乙</b>丙</i>', '<b>甲<i>乙</i></b>丙'],
    ['a block in a paragraph', '<p>甲<div>乙</div>丙</p>', '<p>甲</p><div>乙</div>丙'],
    [
      'a list in an inline element in a paragraph',
      '<p><span>甲<ul><li>乙</ul></span></p>',
      '<p><span>甲</span></p><ul><li>乙</li></ul>',
    ],
    [
      'a link in a link',
      '<a href="https://a.example/">甲<a href="https://b.example/">乙</a></a>',
      '<a href="https://a.example/">甲</a><a href="https://b.example/">乙</a>',
    ],
    ['a heading in a heading', '<h2>甲<h3>乙</h3></h2>', '<h2>甲</h2><h3>乙</h3>'],
    [
      'text between the rows',
      '<table>甲<tr>乙<td>丙</td></tr></table>',
      '<table><tr><td>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>',
    ],
    [
      'an element between the rows',
      '<table><b>甲</b><tr><td>乙</table>',
      '<table><tr><td><b>甲</b></td></tr><tr><td>乙</td></tr></table>',
    ],
    ['cells without a table', '<tr><td>甲</td></tr>', '甲'],
    ['a script', '甲<script>alert("<p>")</script>乙', '甲乙'],
    ['a frame', '甲<iframe src="https://x.example/">乙</iframe>丙', '甲丙'],
    ['an unknown element', '<marquee>甲</marquee>', '甲'],
    ['handlers and styles', '<p onclick="x()" style="a:b" class="c" id="d">甲</p>', '<p>甲</p>'],
    ['a link to nowhere', '<a href="javascript:x()">甲</a><a href="#x">乙</a><a>丙</a>', '甲乙丙'],
    ['an image from nowhere', '甲<img src="data:image/png;base64,AA">乙<img>', '甲乙'],
    ['an image without words', '<img src="https://x.example/a.jpg">', '<img src="https://x.example/a.jpg" alt="">'],
    ['a comment', '甲<!-- ]]> -->乙', '甲乙'],
    ['the end of a CDATA section', ']]>甲]]&gt;', ']]&gt;甲]]&gt;'],
    ['characters behind references', '甲&#1;&#xD800;&#xFFFF;&#8238;乙', '甲□乙'],
    [
      'characters behind references in an attribute',
      '<p title="甲&#1;&#8238;&quot;&lt;乙">丙</p>',
      '<p title="甲&quot;&lt;乙">丙</p>',
    ],
    ['nothing', '', ''],
  ])('%s', (_, html, expected) => {
    expect(tidyHtml(html)).toBe(expected);
    expect(tidyHtml(expected)).toBe(expected);
    expect(htmlFaults(expected)).toEqual([]);
  });

  test('ten thousand elements deep', () => {
    const deep = tidyHtml(`${'<div>'.repeat(10_000)}甲${'</div>'.repeat(10_000)}`);
    expect(deep.length).toBeLessThan(1000);
    expect(deep).toContain('甲');
    expect(htmlFaults(deep)).toEqual([]);
  });

  test('tag soup of every element in every order comes out balanced, and the same when read again', () => {
    const names = (
      'p div ul li dl dt dd h1 h2 a b em span table thead tbody tr td th caption img br blockquote pre ruby rt video source ' +
      'picture script iframe svg template option button textarea title font plaintext details summary'
    ).split(' ');
    const texts = ['字', 'a & b', '&lt;p&gt;', '&nbsp;', '<', '\n', ']]>', '<!-- -->', '"'];
    let state = 1;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    for (let round = 0; round < 1500; round++) {
      let soup = '';
      for (let step = 0; step < 20; step++) {
        const name = names[random(names.length)] ?? '';
        const attributes =
          random(2) === 0 ? ' href="https://x.example/?a=1&b=2" src="https://x.example/" title="<&quot;"' : '';
        soup += [`<${name}${attributes}>`, `</${name}>`, texts[random(texts.length)] ?? ''][random(3)] ?? '';
      }
      const tidy = tidyHtml(soup);
      expect({ soup, faults: htmlFaults(tidy) }).toEqual({ soup, faults: [] });
      expect(tidyHtml(tidy)).toBe(tidy);
    }
  });
});

test('htmlToText puts blocks on lines of their own', () => {
  expect(htmlToText('<p>甲 &amp; 乙</p><p>丙<br>丁</p><ul><li>戊</li></ul>')).toBe('甲 & 乙\n丙\n丁\n\n戊');
});
