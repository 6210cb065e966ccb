/** Opens a Chromium that tells of every script that runs and every request that leaves, with content policies as served or lifted. */
import { existsSync } from 'node:fs';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { LIVE_PATH } from '../../src/web/status/live.ts';

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** An empty page of a proxy's own, to put frames into. */
const BLANK = '/__blank';
/** A page of a proxy's own that shows the items of a feed. */
export const READER = '/__reader';
// Reported, not refused: what items are shown of is text, links and images.
const READER_POLICY = "default-src 'none'; img-src http: https:; base-uri 'none'; form-action 'none'";

/** A server on loopback. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(server: Server): Promise<Served> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * Passes requests on to `target` as its operator. Lifted, what its content policy forbids happens all the same and is
 * reported: the escaping alone must hold. `reader` is the body of the page at READER.
 */
export function startProxy(
  target: string,
  options: { readonly lifted: boolean; readonly user: string; readonly reader?: () => string },
): Promise<Served> {
  const { hostname, port } = new URL(target);
  const authorization = `Basic ${btoa(options.user)}`;
  return listen(
    createServer((incoming, outgoing) => {
      const { url: path = '/', method, headers } = incoming;
      if (path === BLANK || path === READER) {
        outgoing.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          ...(path === READER && { 'content-security-policy-report-only': READER_POLICY }),
        });
        outgoing.end(`<!doctype html><title>${path}</title>${path === READER ? (options.reader?.() ?? '') : ''}`);
        return;
      }
      // Frames share their page's six connections to a server: no stream may hold one. 204 ends it (HTML §9.2.3).
      if (options.lifted && path === LIVE_PATH) {
        outgoing.writeHead(204).end();
        return;
      }
      const sent = ask({ hostname, port, path, method, headers: { ...headers, authorization } }, (answer) => {
        const { 'content-security-policy': policy, ...others } = answer.headers;
        const kept = options.lifted ? 'content-security-policy-report-only' : 'content-security-policy';
        outgoing.writeHead(answer.statusCode ?? 502, { ...others, ...(policy !== undefined && { [kept]: policy }) });
        answer.pipe(outgoing);
      });
      sent.on('error', () => outgoing.destroy());
      outgoing.on('close', () => sent.destroy());
      incoming.pipe(sent);
    }),
  );
}

/** Counts the requests that reach it: every name of the world leads here. */
export async function startBeacon(): Promise<Served & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ headers, url }, response) => {
    asked.push(`${headers.host ?? ''}${url ?? ''} ${headers.referer ?? ''}`);
    response.writeHead(204).end();
  });
  return { ...(await listen(server)), asked };
}

/** In each document before its own scripts: what a vector calls tells of it, and so does what a policy would refuse. */
const HOOKS = `
  const tell = (what) => window.tellTest(location.pathname + ': ' + String(what).slice(0, 300));
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    window[name] = (...given) => void tell(name + ' ' + given.join());
  document.write = document.writeln = (...given) => tell('write ' + given.join());
  document.addEventListener('securitypolicyviolation', (event) => {
    // Frames are this test's own way to show many pages at once.
    if (event.effectiveDirective !== 'frame-ancestors')
      tell(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
`;

/** In each document, for the test to call: names what could run or leave; touches everything. */
const AUDIT = `
  const ITEM = 'article h2 div p h3 h4 h5 h6 blockquote ul ol li table tbody tr td th a img figure figcaption strong em sub sup small time hr br'.split(' ');
  const ITEM_KEYS = 'href src alt referrerpolicy rel title colspan rowspan datetime'.split(' ');
  const NEVER = 'iframe object embed applet base frame frameset portal template noscript math xmp plaintext marquee'.split(' ');
  // Taken before the content comes: a form's fields hide properties of its own name.
  const walk = document.createTreeWalker.bind(document);
  const of = (name) => Object.getOwnPropertyDescriptor(Element.prototype, name).get;
  const [nameOf, attributesOf] = [of('localName'), of('attributes')];
  window.auditTest = (root, item) => {
    const faults = [];
    const walker = walk(root, NodeFilter.SHOW_ELEMENT);
    for (let element = walker.nextNode(); element !== null; element = walker.nextNode()) {
      const name = nameOf.call(element);
      if (item ? !ITEM.includes(name) : NEVER.includes(name)) faults.push('<' + name + '>');
      for (const { name: key, value } of attributesOf.call(element)) {
        if (item ? !ITEM_KEYS.includes(key) : /^on|^(?:srcdoc|style)$/i.test(key)) faults.push(name + '[' + key + ']');
        if (/^(?:href|src|action|formaction|poster|data|background|xlink:href|cite|ping|srcset)$/i.test(key)
          && !/^(?:https?:|mailto:|[/?#]|$)/i.test(value)) faults.push(name + '[' + key + '=' + value.slice(0, 80) + ']');
      }
      if (name === 'script' && (element.textContent !== '' || !/^\\/assets\\//.test(element.getAttribute('src'))))
        faults.push('script ' + element.textContent.slice(0, 80));
      if (name === 'meta' && element.httpEquiv !== '') faults.push('meta ' + element.httpEquiv);
    }
    return faults.slice(0, 20);
  };
  // Points at, focuses and clicks everything; links to pages are clicked without being followed.
  window.touchTest = (root) => {
    const stay = (event) => {
      const link = event.target.closest?.('a[href]');
      if (link === null || /^(?:https?|mailto):$/.test(link.protocol)) event.preventDefault();
    };
    root.addEventListener('click', stay, true);
    for (const element of root.querySelectorAll('body *')) {
      for (const type of ['mouseover', 'mousemove', 'focus', 'blur', 'toggle', 'wheel'])
        element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
    root.removeEventListener('click', stay, true);
  };
`;

export interface Watch {
  readonly page: Page;
  /** What ran, what was refused, what left; each once. Images of stories do leave, where `withImages` allows it. */
  seen(withImages?: boolean): readonly string[];
  /** Opens pages beside each other in frames, and gives what in their documents could run or leave. */
  frames(base: string, paths: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openWatch(beacon: Served, homes: readonly string[]): Promise<Watch> {
  const browser = await chromium.launch({
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      `--host-resolver-rules=MAP * ${new URL(beacon.url).host}, EXCLUDE 127.0.0.1`,
    ],
  });
  const context = await browser.newContext({ locale: 'zh-CN' });
  const ran = new Set<string>();
  const left = new Map<string, boolean>();
  await context.exposeFunction('tellTest', (what: string) => void ran.add(what));
  await context.addInitScript(HOOKS + AUDIT);
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    ran.add(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => ran.add(`error ${error.message}`));
  context.on('page', (other) => ran.add(`opened ${other.url()}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!homes.some((home) => url.startsWith(`${home}/`)) && !/^(?:data|blob|about):/.test(url))
      left.set(`${request.resourceType()} ${url}`, request.resourceType() === 'image' && /^https?:/.test(url));
  });
  return {
    page,
    seen(withImages = false) {
      const asked = [...left].filter(([, image]) => !(withImages && image)).map(([what]) => `asks ${what}`);
      const found = [...ran, ...asked];
      ran.clear();
      left.clear();
      return found;
    },
    async frames(base, paths) {
      const faults: string[] = [];
      for (let at = 0; at < paths.length; at += 40) {
        await page.goto(base + BLANK);
        const found = await page.evaluate(
          `(async (paths) => {
            const frames = paths.map((path) => Object.assign(document.createElement('iframe'), { src: path }));
            await Promise.all(frames.map((frame) => new Promise((done) => {
              frame.onload = done;
              document.body.append(frame);
            })));
            return frames.flatMap((frame, i) => {
              const root = frame.contentDocument;
              if (root?.querySelector('main') == null) return [paths[i] + ' did not open'];
              return auditTest(root, false).map((fault) => paths[i] + ' ' + fault);
            });
          })(${JSON.stringify(paths.slice(at, at + 40))})`,
        );
        faults.push(...(found as string[]));
      }
      return faults;
    },
    close: () => browser.close(),
  };
}
