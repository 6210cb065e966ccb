/** Lets the server live under the path of its `baseUrl`, behind a proxy that takes the path off and one that keeps it. */
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../../model/config.ts';

/** How the paths of this server begin where it lives under none. */
const OWN =
  /^\/(?:(?:feeds|stories|digests|find|opml|status|sources|ledger|config|admin|api|metrics|healthz|readyz|assets|login|logout|hub|push|image|icon\.png|icon-512\.png|manifest\.webmanifest|favicon\.ico|robots\.txt)(?:[/?]|$))?/;

/** The path of the configured address without a slash at the end: `/news`, or '' for none. */
export function mountPath({ baseUrl }: Pick<Settings['server'], 'baseUrl'>): string {
  if (baseUrl === null) return '';
  // Each request asks; there is one address at a time.
  if (last.baseUrl !== baseUrl) last = { baseUrl, path: new URL(baseUrl).pathname.replace(/(?<!\/)\/+$/, '') };
  return last.path;
}

let last = { baseUrl: '', path: '' };

/** A request's target as it is under no path. What a proxy took the path off already stays as it is. */
export function withoutMount(target: string, mount: string): string {
  if (mount === '' || !target.startsWith(mount)) return target;
  const rest = target.slice(mount.length);
  if (rest !== '' && rest[0] !== '/' && rest[0] !== '?') return target;
  const inside = rest.startsWith('/') ? rest : `/${rest}`;
  // Under /feeds, the address /feeds/delta.rss has lost its path, and /feeds/feeds/delta.rss has not.
  return isOwn(target) && !isOwn(inside) && !/^\/(?:$|\?)/.test(inside) ? target : inside;
}

const isOwn = (target: string): boolean => (OWN.exec(target)?.[0] ?? '/') !== '/';

/** Puts the path before the addresses of this server in pages and redirects, and keeps its cookies to it. */
export function mountAnswers(app: FastifyInstance, mountOf: () => string): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const mount = mountOf();
    if (mount === '') return done(null, payload);
    const location = reply.getHeader('location');
    if (typeof location === 'string' && isPath(location)) reply.header('location', mount + location);
    const cookies = [reply.getHeader('set-cookie') ?? []].flat().map(String);
    // A header that is set once more is added.
    reply.removeHeader('set-cookie');
    for (const cookie of cookies) reply.header('set-cookie', cookie.replace('; Path=/;', `; Path=${mount}/;`));
    const isPage = typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html');
    done(null, isPage ? payload.replaceAll(ADDRESS, `$1="${mount}/`) : payload);
  });
}

/** Attributes with an address of this server; in text, quotes are escaped. */
const ADDRESS = /(?<=\s)(href|src|action|formaction)="\/(?!\/)/g;

const isPath = (address: string): boolean => address.startsWith('/') && !address.startsWith('//');
