/** Answers requests that failed, in the form that was asked for, and logs each failure once. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IsOperator } from '../auth/operator.ts';
import { StoreAwayError } from './storetimeout.ts';
import type { WebDeps } from '../deps.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { say as sayReason } from '../../reasons/render.ts';
import { contextOf, languageAsked, languageOfText, sendPage, wantsPage } from '../pagecontext.ts';
import { renderMessage } from '../ui/message.tsx';
import type { Language } from '../../reasons/language.ts';
import { whyAway } from '../../store/beats.ts';
import type { Phrase } from '../ui/words/site.ts';

interface Answer {
  readonly status: number;
  readonly title: Phrase;
  /** In the reader's words, or what becomes such. */
  readonly text: string | Reason;
}

export function handleErrors(app: FastifyInstance, deps: WebDeps, isOperator: IsOperator): void {
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, deps, {
      status: 404,
      title: 'notFound',
      text: contextOf(request, deps).say('notFound'),
    }),
  );
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { say } = contextOf(request, deps);
    if (error instanceof StoreAwayError) {
      request.log.warn({ err: error, url: request.url }, 'the store is away');
      reply.header('retry-after', '10');
      const tellsAll = isForOperators(request) && (await isOperator(request));
      const why = tellsAll ? await whyAway(deps.store) : null;
      return answer(request, reply, deps, { status: 503, title: 'away', text: why ?? say('awayWhy') });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return answer(request, reply, deps, { status, title: 'failed', text: refusalOf(status, error) });
    request.log.error({ err: error, url: request.url }, 'a request failed');
    return answer(request, reply, deps, { status: 500, title: 'failed', text: say('failedWhy') });
  });
}

/** Whoever may see these pages can mend what they say; others are told that it is away. */
function isForOperators({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/status' || routeOptions.url === '/api/status';
}

/** A page to a browser, an object to a program, a line to the rest. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Pick<WebDeps, 'now' | 'config'>,
  { status, title, text }: Answer,
): FastifyReply {
  reply.code(status).header('cache-control', 'no-store');
  const said = (language: Language) => (typeof text === 'string' ? text : sayReason(text, language));
  if (wantsPage(request)) {
    const context = contextOf(request, deps);
    return sendPage(reply, context, renderMessage(context, title, said(context.language)));
  }
  if (request.url.startsWith('/api/')) {
    return reply.send(typeof text === 'string' ? { error: text } : errorJson(request, text));
  }
  return reply.type('text/plain; charset=utf-8').send(`${said(languageOfText(request))}\n`);
}

/** For programs, with the code that they can tell it by. */
export function errorJson(request: FastifyRequest, why: Reason): object {
  return { error: sayReason(why, languageAsked(request)), errorCode: why.code };
}

/** What the HTTP server objects to. */
function refusalOf(status: number, { message: said }: FastifyError): Reason {
  if (status === 400) return reason('request.malformed', { said });
  if (status === 413) return reason('request.too-large', { said });
  return status === 415 ? reason('request.media-type', { said }) : reason('request.refused', { status, said });
}
