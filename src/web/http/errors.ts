/** Answers requests that failed, in the form that was asked for, and logs each failure once. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreAwayError } from './storetimeout.ts';
import type { WebDeps } from '../deps.ts';
import { contextOf, sendPage, wantsPage } from '../pagecontext.ts';
import { renderMessage } from '../ui/message.tsx';
import type { Phrase } from '../ui/words/site.ts';

interface Answer {
  readonly status: number;
  readonly title: Phrase;
  /** In the reader's words. */
  readonly text: string;
}

export function handleErrors(app: FastifyInstance, deps: WebDeps): void {
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, deps, {
      status: 404,
      title: 'notFound',
      text: contextOf(request, deps.now()).say('notFound'),
    }),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { say } = contextOf(request, deps.now());
    if (error instanceof StoreAwayError) {
      request.log.warn({ err: error, url: request.url }, 'the store is away');
      reply.header('retry-after', '10');
      return answer(request, reply, deps, { status: 503, title: 'away', text: say('awayWhy') });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return answer(request, reply, deps, { status, title: 'failed', text: error.message });
    request.log.error({ err: error, url: request.url }, 'a request failed');
    return answer(request, reply, deps, { status: 500, title: 'failed', text: say('failedWhy') });
  });
}

/** A page to a browser, an object to a program, a line to the rest. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Pick<WebDeps, 'now'>,
  { status, title, text }: Answer,
): FastifyReply {
  reply.code(status).header('cache-control', 'no-store');
  if (request.url.startsWith('/api/') && !wantsPage(request)) return reply.send({ error: text });
  if (wantsPage(request)) {
    const context = contextOf(request, deps.now());
    return sendPage(reply, context, renderMessage(context, title, text));
  }
  return reply.type('text/plain; charset=utf-8').send(`${text}\n`);
}
