/** The image proxy: gives pictures signed addresses under deltawire's own, and answers those with the picture. */
import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { tidyHtml } from '../../publish/tidyhtml.ts';
import { MOST_ADDRESS } from '../../text/url.ts';
import { sameSecret } from '../../text/secrets.ts';
import type { Config } from '../../model/config.ts';
import type { RefererPolicy } from '../../model/source.ts';
import type { ImageFetch, WebDeps } from '../deps.ts';
import type { PictureLimits, PictureRoom } from './pictureroom.ts';

/** 162 bits of HMAC-SHA256; RFC 2104 §5 asks for at least half of the hash. */
const SIGNATURE_CHARACTERS = 27;
/**
 * What pictures may take of memory: six of the longest that are fetched, or hundreds as they mostly are. Readers of one
 * picture share its buffer. A reader on a phone takes a slice in a second or two.
 */
export const PICTURE_LIMITS: PictureLimits = {
  mostBytes: 64 * 1024 * 1024,
  mostFetches: 64,
  stallMs: 10_000,
  patienceMs: 15_000,
};
/** Whoever finds no room is asked to come again after this. */
const FULL_SECONDS = 5;
const DAY_SECONDS = 86_400;
/** Raster formats alone: SVG is a document that can hold scripts. */
const SHOWN = /^image\/(?:jpeg|jpg|pjpeg|png|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/;

/** Absolute signed address of the picture at `address`, which stands on `page`. */
function signedImage(
  baseUrl: string,
  secret: string,
  address: string,
  page: string | null,
  policy: RefererPolicy,
): string {
  if (address.length > MOST_ADDRESS || !/^https?:\/\//i.test(address)) return address;
  const payload = Buffer.from(JSON.stringify([address, refererOf(page, policy)])).toString('base64url');
  return `${baseUrl}/image/${sign(secret, payload)}/${payload}`;
}

/** The Referer that a server gets to see (RFC 9110 §10.1.3): none, the origin of `page`, or `page` without fragment. */
function refererOf(page: string | null, policy: RefererPolicy): string | null {
  if (policy === 'none' || page === null || !URL.canParse(page)) return null;
  const url = new URL(page);
  url.hash = '';
  url.username = '';
  url.password = '';
  return policy === 'origin' ? `${url.origin}/` : url.href;
}

interface Shown {
  readonly content: string;
  readonly image: string | null;
  readonly link: string | null;
}

/** Where a page shows the picture of an entry; null where it has none, or the proxy is off: outlets see no one who reads a list. */
export function proxiedPicture(
  { image, link, source }: Pick<Shown, 'image' | 'link'> & { readonly source: string },
  { settings, sources }: Pick<Config, 'settings' | 'sources'>,
  baseUrl: string,
  secret: string | null,
): string | null {
  if (image === null || secret === null || !settings.server.imageProxy) return null;
  const address = signedImage(baseUrl, secret, image, link, policyOf(source, sources));
  return address === image ? null : address;
}

const policyOf = (source: string, sources: Config['sources']): RefererPolicy =>
  sources.find(({ id }) => id === source)?.referer ?? 'none';

/** Says where readers get the pictures of an entry; leaves it as it is while the proxy is off. */
export function throughProxy<T extends Shown>(
  entry: T,
  source: string,
  { settings, sources }: Pick<Config, 'settings' | 'sources'>,
  baseUrl: string,
  secret: string | null,
): T {
  if (secret === null || !settings.server.imageProxy) return entry;
  const policy = policyOf(source, sources);
  const map = (address: string) => signedImage(baseUrl, secret, address, entry.link, policy);
  return {
    ...entry,
    content: tidyHtml(entry.content, (text) => text, map),
    image: entry.image === null ? null : map(entry.image),
  };
}

function sign(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(`image ${payload}`).digest('base64url').slice(0, SIGNATURE_CHARACTERS);
}

export function serveImages(app: FastifyInstance, deps: WebDeps, room: PictureRoom): void {
  const { config, log } = deps;
  const fetchOf = (payload: string, fetchImage: ImageFetch) => {
    const [address, referer] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, string | null];
    return fetchImage(address, referer);
  };

  // A wildcard, for the server bounds the length of a parameter.
  app.get('/image/:signature/*', async (request, reply) => {
    const { signature, '*': payload } = request.params as { signature: string; '*': string };
    const { images } = deps;
    if (images === undefined) return refuse(reply, 404, 'There is no such picture.');
    const { secret, fetchImage } = images;
    if (!config().settings.server.imageProxy || !sameSecret(signature, sign(secret, payload)))
      return refuse(reply, 404, 'There is no such picture.');
    const etag = `"${signature}"`;
    // What an address stands for does not change; a picture that did would have another address.
    reply.header('etag', etag).header('cache-control', `public, max-age=${7 * DAY_SECONDS}, immutable`);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const image = await room.borrow(payload, () => fetchOf(payload, fetchImage));
    if (image.kind === 'full')
      return refuse(reply.header('retry-after', String(FULL_SECONDS)), 503, 'Too many pictures at once.');
    if (image.kind === 'failed') {
      log.debug({ reason: image.message }, 'no picture');
      return refuse(reply, 502, 'The picture did not come.');
    }
    const type = image.type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (!SHOWN.test(type)) {
      image.giveBack();
      return refuse(reply, 415, 'What came is no picture that is shown.');
    }
    return reply
      .type(type)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', 'inline')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-length', image.length)
      .send(image.streamTo(reply.raw));
  });
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply
    .removeHeader('etag')
    .header('cache-control', status === 503 ? 'no-store' : 'public, max-age=60')
    .code(status)
    .type('text/plain; charset=utf-8')
    .send(`${message}\n`);
}
