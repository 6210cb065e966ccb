/** Markup that is deep, wide or long is read within bounds, and its text survives as far as they go. */
import { describe, expect, it } from 'vitest';
import {
  MOST_ATTRIBUTES,
  MOST_CHARACTERS,
  MOST_ELEMENTS,
  MOST_OPEN,
  readMarkup,
} from '../../src/text/guardedparser.ts';
import { parseHtml } from '../../src/text/htmldocument.ts';

interface Seen {
  readonly isWhole: boolean;
  readonly deepest: number;
  readonly elements: number;
  readonly attributes: number;
  readonly text: string;
}

function see(markup: string, xml = false): Seen {
  let open = 0;
  let text = '';
  const most = { deepest: 0, elements: 0, attributes: 0 };
  const isWhole = readMarkup(
    markup,
    {
      onopentag(_, attributes) {
        most.deepest = Math.max(most.deepest, ++open);
        most.elements++;
        most.attributes = Math.max(most.attributes, Object.keys(attributes).length);
      },
      ontext(data) {
        text += data;
      },
      onclosetag() {
        open--;
      },
    },
    { xml },
  );
  expect(open).toBe(0);
  return { isWhole, ...most, text };
}

const DEEP = 330_000;

describe('bounds of markup', () => {
  it.each([
    ['a megabyte of <b>', '<b>'.repeat(DEEP)],
    ['as many names', Array.from({ length: 90_000 }, (_, at) => `<x${at}>`).join('')],
    ['attributes in each', '<i a=1>'.repeat(MOST_ELEMENTS / 2)],
  ])('keeps no more than %s open', (_, markup) => {
    expect(see(markup).deepest).toBe(MOST_OPEN);
    expect(see(markup, true).deepest).toBe(MOST_OPEN);
  });

  it('keeps the text, the voids and the order of what is too deep', () => {
    const deep = '<div>'.repeat(MOST_OPEN + 50);
    const { text, isWhole } = see(`${deep}里<br>面${'</div>'.repeat(MOST_OPEN + 50)}<p>外</p>`);
    expect(text).toBe('里面外');
    expect(isWhole).toBe(true);
    let seen = '';
    readMarkup(`${deep}<b>里<br></b>${'</div>'.repeat(MOST_OPEN + 50)}<p>外`, {
      onopentag: (name) => (seen += name === 'div' ? '' : `<${name}>`),
    });
    expect(seen).toBe('<br><p>');
  });

  it('reads what stands beside the depth as before: self-closed XML, ends that nothing opened', () => {
    expect(see('<a>'.repeat(MOST_OPEN) + '<b/>字</c>'.repeat(3), true).text).toBe('字字字');
    expect(see(`${'<b>'.repeat(9)}${'</i>'.repeat(9)}字`).text).toBe('字');
  });

  it('ends with the last element that is read, and says so', () => {
    const row = '<li>字</li>';
    const { elements, text, isWhole } = see(row.repeat(MOST_ELEMENTS + 5));
    expect([elements, text.length, isWhole]).toEqual([MOST_ELEMENTS, MOST_ELEMENTS, false]);
    expect(see(row).isWhole).toBe(true);
  });

  it('leaves out attributes after the first ones', () => {
    const names = Array.from({ length: 100_000 }, (_, at) => `a${at}="x&amp;y"`).join(' ');
    const { attributes, text } = see(`<p ${names}>字`);
    expect([attributes, text]).toEqual([MOST_ATTRIBUTES, '字']);
  });

  it('leaves out what follows the longest text, and says so', () => {
    const { text, isWhole } = see('字'.repeat(MOST_CHARACTERS + 1));
    expect([text.length, isWhole]).toEqual([MOST_CHARACTERS, false]);
  });

  it('makes a tree that a walk can go through', () => {
    const { children } = parseHtml(`${'<b>'.repeat(DEEP)}字`);
    expect(children).toHaveLength(1);
  });
});
