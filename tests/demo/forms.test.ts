import iconv from 'iconv-lite';
import { afterEach, describe, expect, it } from 'vitest';
import { addressOf, bytes, closeAll, read, start } from './servers.ts';

afterEach(closeAll);

describe('the bytes', () => {
  it('hushang says gb2312, is GB18030, and holds four-byte characters', async () => {
    const server = await start();
    const { body, headers } = await bytes(addressOf(server, 'hushang'));
    expect(headers.get('content-type')).toBe('text/xml; charset=gb2312');
    expect(body.subarray(0, 60).toString('latin1')).toContain('encoding="gb2312"');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow(TypeError);
    const decoded = iconv.decode(body, 'gb18030');
    expect(decoded).toContain('<title>沪上样报</title>');
    expect(decoded).toContain('㙦');
    expect(body.includes(iconv.encode('㙦', 'gb18030'))).toBe(true);
    expect(iconv.encode('㙦', 'gb18030')).toHaveLength(4);
    expect(decoded).not.toContain('\uFFFD');
  });

  it('huizhou is a GBK page that names no charset and no date outside its addresses', async () => {
    const server = await start();
    const { body, headers } = await bytes(addressOf(server, 'huizhou'));
    expect(headers.get('content-type')).toBe('text/html');
    expect(body.toString('latin1')).not.toMatch(/charset/i);
    const decoded = iconv.decode(body, 'gbk');
    expect(decoded).toContain('<title>徽州样网');
    expect(
      decoded.match(/<ul class="news-list">[\s\S]*?<\/ul>/)?.[0].match(/<li><a href="\/huizhou\/2026\/112\d\//g)
        ?.length,
    ).toBeGreaterThan(5);
    expect(decoded).not.toMatch(/2026-|2026年/);
  });

  it('sample-wire has no pubDate but bare dates between link and description', async () => {
    const server = await start();
    const document = await read(server, 'sample-wire');
    expect(document).not.toContain('<pubDate>');
    const items = document.match(/<item>/g)?.length ?? 0;
    const dated = document.match(/<\/link>\w{3},\d{2}-\w{3}-\d{4} \d{2}:\d{2}:\d{2} GMT<description>/g)?.length;
    expect(dated).toBe(items);
  });

  it('national has no guid and summaries that open with a line break and two ideographic spaces', async () => {
    const server = await start();
    const document = await read(server, 'national');
    expect(document).not.toContain('<guid');
    expect(document.match(/<description>\n\u3000\u3000/g)?.length).toBe((document.match(/<item>/g)?.length ?? 0) - 1);
  });

  it('suzhe is Atom with xhtml content and relative links', async () => {
    const server = await start();
    const document = await read(server, 'suzhe');
    expect(document).toContain(`xml:base="${server.url}/"`);
    expect(document).toMatch(/<link rel="alternate" type="text\/html" href="suzhe\/2026\//);
    expect(document).toContain('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">');
  });

  it('sanjiao is JSON Feed 1.1', async () => {
    const server = await start();
    const feed = JSON.parse(await read(server, 'sanjiao')) as { version: string; items: { url: string }[] };
    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    for (const { url } of feed.items) expect((await bytes(url)).status).toBe(200);
  });

  it('changjiang carries editors, related reading and date-only stamps', async () => {
    const server = await start();
    const document = await read(server, 'changjiang');
    expect(document).toMatch(/（责任编辑：.样.）/);
    expect(document).toContain('相关阅读');
    expect(document).toMatch(/<pubDate>2026-11-2\d<\/pubDate>/);
  });

  it('qiantang answers 301 at the configured address, and RSS 1.0 with zoneless dates behind it', async () => {
    const server = await start();
    const moved = await fetch(addressOf(server, 'qiantang'), { redirect: 'manual' });
    expect(moved.status).toBe(301);
    const document = (await bytes(moved.headers.get('location') ?? '')).body.toString();
    expect(document).toContain('<rdf:RDF');
    expect(document).toMatch(/<dc:date>2026-11-2\dT\d{2}:\d{2}:\d{2}<\/dc:date>/);
  });

  it('jinghua-hant copies jianghuai in Traditional characters with question marks and a planted line', async () => {
    const server = await start();
    const document = await read(server, 'jinghua-hant');
    expect(document).toContain('????');
    expect(document).toMatch(/樣報鏡像※|樣本廣告|搜索“樣報鏡像”/);
    expect(document).toMatch(/本報.{2,3}11月2\d日訊（記者/);
  });

  it.each(['jianghuai', 'hushang', 'suzhe', 'changjiang', 'sanjiao'])(
    '%s has pictures, which are there',
    async (id) => {
      const server = await start();
      const [address = ''] = /http:[^"]+\/pictures\/[^"]+/.exec(await read(server, id)) ?? [];
      const picture = await bytes(address);
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    },
  );

  it('duanxian fails, menjin is a login page', async () => {
    const server = await start();
    expect((await bytes(addressOf(server, 'duanxian'))).status).toBe(500);
    const login = await bytes(addressOf(server, 'menjin'));
    expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(login.body.toString()).toContain('<form');
  });
});
