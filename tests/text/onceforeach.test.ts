import { expect, it } from 'vitest';
import { onceForEach } from '../../src/text/onceforeach.ts';

it('works once for an object, and anew for another that says the same', () => {
  const asked: string[] = [];
  const twice = onceForEach(({ title }: { readonly title: string }) => {
    asked.push(title);
    return title.repeat(2);
  });
  const [one, alike] = [{ title: '巢湖' }, { title: '巢湖' }];
  expect([twice(one), twice(one), twice(alike), twice(one)]).toEqual(Array(4).fill('巢湖巢湖'));
  expect(asked).toEqual(['巢湖', '巢湖']);
});

it('keeps an empty answer as well', () => {
  let asked = 0;
  const nothing = onceForEach<object, string>(() => {
    asked++;
    return '';
  });
  const one = {};
  expect(nothing(one) + nothing(one)).toBe('');
  expect(asked).toBe(1);
});
