/** Nothing in an item or an edition breaks a document, another item, or the rules of the W3C feed validator. */
import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { EditionItem } from '../../src/publish/edition.ts';
import { formats } from '../../src/publish/formats.ts';
import { attacks, hostileAddresses, makeHostileItems } from './hostile.ts';
import { makeCopy, makeDocument, makeItem } from './sample.ts';
import { atomFaults, jsonFaults, rssFaults } from './validity.ts';

const faultsOf = {
  rss: rssFaults,
  atom: atomFaults,
  json: async (text: string) => jsonFaults(text),
};

function everyField(text: string): EditionItem {
  return makeItem({
    id: `x${text}`,
    title: text,
    link: `https://x.example/${text}`,
    originalGuid: text,
    summary: text,
    content: text,
    authors: [text],
    outlet: text,
    source: { id: text, name: text, url: text, link: `https://x.example/?${text}` },
    categories: [text],
    regions: [{ code: text, name: text }],
    enclosures: [{ url: `https://x.example/a?${text}`, type: text, length: 1 }],
    image: `https://x.example/i?${text}`,
    language: text,
    script: null,
    copies: [makeCopy({ title: text, outlet: text, link: `https://y.example/${text}` })],
  });
}

function idsIn(extension: string, body: string): unknown[] {
  if (extension === 'rss') return (parseRssFeed(body).items ?? []).map((item) => item.guid?.value);
  if (extension === 'atom') return (parseAtomFeed(body).entries ?? []).map((entry) => entry.id);
  return (JSON.parse(body) as { items: { id: string }[] }).items.map(({ id }) => id);
}

describe.each(formats)('$name', ({ extension, render }) => {
  test.each(Object.entries(attacks))('holds %s in every field', async (_, text) => {
    const items = [makeItem({ id: 'before' }), everyField(text), makeItem({ id: 'after' })];
    const edition = { ...makeDocument([]).edition, title: text, description: text };
    const storyUrl = (id: string): string => `https://wire.example/stories/${id.length}`;
    const document = makeDocument(items, { edition, storyUrl });
    const { body, left } = await render(document);
    expect(await faultsOf[extension](body, document.updated)).toEqual([]);
    const ids = idsIn(extension, body);
    expect(ids.length + left.length).toBe(items.length);
    expect(ids.at(0)).toBe('urn:deltawire:story:before');
    expect(ids.at(-1)).toBe('urn:deltawire:story:after');
  });

  test.each(hostileAddresses)('publishes no address that is none: %j', async (address) => {
    const item = makeItem({
      link: address,
      image: address,
      enclosures: [{ url: address, type: null, length: null }],
      source: { id: 'x', name: 'x', url: address, link: address },
      copies: [makeCopy({ link: address })],
      content: `<p><a href="${address}">甲</a><img src="${address}">乙</p>`,
    });
    const document = makeDocument([item], { hub: address, stylesheetUrl: address });
    const { body, left } = await render(document);
    expect(left).toEqual([]);
    expect(await faultsOf[extension](body, document.updated)).toEqual([]);
  });

  test('survives an edition whose own addresses are none', async () => {
    const fields = { selfUrl: 'x', homeUrl: '', baseUrl: 'javascript:1', storyUrl: () => '//' };
    const document = makeDocument([makeItem(), makeItem({ id: 's2', link: null })], fields);
    const { body, left } = await render(document);
    expect(await faultsOf[extension](body, document.updated)).toEqual([]);
    expect(left).toEqual([{ story: 's2', reason: reason('publish.no-address') }]);
  });

  test('renders 500 hostile items, naming the few that cannot be published', async () => {
    const items = makeHostileItems(500);
    const document = makeDocument(items);
    const { body, left } = await render(document);
    expect(await faultsOf[extension](body, document.updated)).toEqual([]);
    expect(idsIn(extension, body)).toHaveLength(items.length - left.length);
    expect(left.length).toBeLessThan(60);
    expect(new Set(left.map((one) => say(one.reason, 'en')))).toEqual(
      new Set(['no time of the story is a date', 'the stored story is damaged: URI malformed']),
    );
    expect((await render(makeDocument(makeHostileItems(500)))).body).toBe(body);
  });

  test('leaves out what cannot be published and keeps the rest', async () => {
    const damaged = { ...makeItem({ id: 'damaged' }), authors: null } as unknown as EditionItem;
    const items = [
      makeItem({ id: '' }),
      makeItem({ id: 'bare', title: ' ', summary: '', content: '<p></p>' }),
      makeItem({ id: 'undated', published: null, firstSeen: Number.NaN, updated: Number.NaN }),
      damaged,
      makeItem({ id: 'good' }),
      makeItem({ id: 'good', title: '再来一次' }),
    ];
    const { body, left } = await render(makeDocument(items));
    expect(idsIn(extension, body)).toEqual(['urn:deltawire:story:good']);
    expect(left.map(({ story }) => story)).toEqual(['', 'bare', 'undated', 'damaged', 'good']);
    expect(say(left.at(3)?.reason ?? '', 'en')).toMatch(/^the stored story is damaged: /);
  });
});
