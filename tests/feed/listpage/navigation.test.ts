/** Which groups of links lead to channels, however many links one element holds. */
import { expect, test } from 'vitest';
import { type Candidate, findCandidates, findNavigation } from '../../../src/feed/listpage/candidates.ts';
import { addressReader } from '../../../src/feed/listpage/addressform.ts';
import { type PageElement, readPageTree } from '../../../src/feed/listpage/pagetree.ts';
import { count, PAGE } from './samplesite.ts';

const candidatesOf = (html: string) => findCandidates(readPageTree(html), addressReader(PAGE, PAGE));
const channels = (wrap: (link: string) => string) =>
  count(8)
    .map((n) => wrap(`<a href="/c${n}/">频道${n}</a>`))
    .join(' ');
const groups = (html: string) => findNavigation(candidatesOf(html)).map(({ name }) => name);

test('the element around links, or around elements of one link each', () => {
  expect(groups(`<nav>${channels((link) => link)}</nav>`)).toEqual(['nav']);
  expect(groups(`<ul>${channels((link) => `<li>${link}</li>`)}</ul>`)).toEqual(['ul']);
});

test('is looked into once, however many links it holds', () => {
  const candidates = candidatesOf(`<nav>${channels((link) => link.repeat(50))}</nav>`);
  let looks = 0;
  const watched = new Map<PageElement, PageElement>();
  const watch = (element: PageElement): PageElement => {
    const known = watched.get(element);
    if (known !== undefined) return known;
    const proxy = new Proxy(element, {
      get(of, key) {
        if (key === 'content') looks++;
        return Reflect.get(of, key) as unknown;
      },
    });
    watched.set(element, proxy);
    return proxy;
  };
  const within = candidates.map((candidate): Candidate => {
    const links = candidate.links.map((link) => ({
      ...link,
      parent: link.parent === null ? null : watch(link.parent),
    }));
    const { address, title, weight } = candidate;
    return { address, title, weight, links };
  });
  expect(findNavigation(within).map(({ name }) => name)).toEqual(['nav']);
  expect(looks).toBe(1);
});
