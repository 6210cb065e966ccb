/** Sends requests whose headers, path and body are exactly what a test says: fetch forbids or mends some of them. */
import http from 'node:http';
import type { FastifyInstance } from 'fastify';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** Without a Content-Length. */
  readonly chunked?: boolean;
}

export function send(base: string, { method = 'GET', path, headers = {}, body = '', chunked }: RawRequest) {
  const { hostname, port } = new URL(base);
  return new Promise<Answer>((done, fail) => {
    const request = http.request(
      { hostname, port, method, path, headers: { ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        const end = () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        // A server that has refused a body need not read it to its end.
        response.on('end', end).on('error', end);
      },
    );
    request.on('error', fail);
    if (chunked === true) request.setHeader('transfer-encoding', 'chunked');
    request.end(body);
  });
}

export const form = (fields: Readonly<Record<string, string>>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
});

export const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

/** Every route, with its parameters filled in; of the job dashboard and its kind `*` stands for the rest of the path. */
export function everyRoute(app: FastifyInstance): readonly (readonly [method: string, path: string])[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^([\s│]*)[├└]── (\S*) \(([A-Z, ]+)\)$/.exec(line) ?? [];
      const depth = indent.length / 4;
      above.splice(depth, Number.POSITIVE_INFINITY, part);
      const path = above.join('').replace(':queueName', 'poll').replaceAll(/:\w+/g, '1');
      return methods.split(', ').map((method) => [method, path] as const);
    });
}

/** Every route that is not only read. */
export function changingRoutes(app: FastifyInstance): readonly (readonly [method: string, path: string])[] {
  return everyRoute(app).filter(([method]) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
}
