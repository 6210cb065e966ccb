/** Serves the stylesheet and the icon, named by their content so that browsers keep them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

interface Asset {
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
}

function load(file: string, contentType: string): Asset {
  const body = readFileSync(new URL(`../assets/${file}`, import.meta.url));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const dot = file.lastIndexOf('.');
  return { path: `/assets/${file.slice(0, dot)}.${hash}${file.slice(dot)}`, contentType, body };
}

export const STYLESHEET = load('deltawire.css', 'text/css; charset=utf-8');
/** For people who open a feed in a browser. */
export const STYLESHEET_OF_FEEDS = load('feed.css', 'text/css; charset=utf-8');
export const ICON = load('icon.svg', 'image/svg+xml');
export const LIVE_SCRIPT = load('live.js', 'text/javascript; charset=utf-8');
/** Checks the config as one types. */
export const EDITOR_SCRIPT = load('editor.js', 'text/javascript; charset=utf-8');
/** Chooses many rows at once. */
export const CHOOSE_SCRIPT = load('choose.js', 'text/javascript; charset=utf-8');
/** Copies the addresses of feeds. */
export const COPY_SCRIPT = load('copy.js', 'text/javascript; charset=utf-8');
/** Keys, and the search by Ctrl-K. */
export const KEYS_SCRIPT = load('keys.js', 'text/javascript; charset=utf-8');
/** Names what the job dashboard leaves nameless. */
export const BOARD_SCRIPT = load('board.js', 'text/javascript; charset=utf-8');

/** Darkens what the job dashboard writes too pale. */
export const BOARD_STYLESHEET = load('board.css', 'text/css; charset=utf-8');

export const MANIFEST_PATH = '/manifest.webmanifest';
/** Lets a browser install the pages (W3C Web Application Manifest). Addresses are relative: the server may live under a path. */
const MANIFEST = {
  name: 'deltawire',
  short_name: 'deltawire',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#f6f5f1',
  theme_color: '#0f5d5e',
  icons: [
    { src: 'icon.png', sizes: '128x128', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: ICON.path.slice(1), sizes: 'any', type: 'image/svg+xml' },
  ],
};

export function serveAssets(app: FastifyInstance): void {
  for (const { path, contentType, body } of [
    STYLESHEET,
    STYLESHEET_OF_FEEDS,
    ICON,
    LIVE_SCRIPT,
    EDITOR_SCRIPT,
    CHOOSE_SCRIPT,
    COPY_SCRIPT,
    KEYS_SCRIPT,
    BOARD_SCRIPT,
    BOARD_STYLESHEET,
  ])
    app.get(path, (_request, reply) =>
      reply
        .header('content-type', contentType)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(body),
    );
  for (const name of ['icon', 'icon-512']) {
    const { contentType, body } = load(`${name}.png`, 'image/png');
    app.get(`/${name}.png`, (_request, reply) =>
      reply.header('content-type', contentType).header('cache-control', 'public, max-age=86400').send(body),
    );
  }
  app.get(MANIFEST_PATH, (_request, reply) =>
    reply
      .type('application/manifest+json')
      .header('cache-control', 'public, max-age=86400')
      .send(JSON.stringify(MANIFEST)),
  );
  app.get('/favicon.ico', (_request, reply) => reply.redirect(ICON.path, 302));
  app.get('/robots.txt', (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        'User-agent: *\nDisallow: /status\nDisallow: /sources\nDisallow: /ledger\nDisallow: /config\nDisallow: /admin\nDisallow: /api/\nDisallow: /metrics\n',
      ),
  );
}
