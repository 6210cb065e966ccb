/** Answers from memory before Fastify is asked, whose routing and hooks cost more than such an answer. */
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';

/** Says whether it answered; what it does not, or fails at, goes to Fastify. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** For Fastify's option `serverFactory`, with its timeouts of requests and of connections kept open. */
/** `targetOf`: what a request's target is here. */
export function memoryFirst(answer: Answer, targetOf: (target: string) => string): FastifyServerFactory {
  return (handle, options) => {
    const { requestTimeout, keepAliveTimeout } = options as Pick<ServerOptions, 'requestTimeout' | 'keepAliveTimeout'>;
    return createServer({ requestTimeout, keepAliveTimeout }, (request, response) => {
      request.url = targetOf(request.url ?? '/');
      if (!isAnswered(answer, request, response)) handle(request, response);
    });
  };
}

function isAnswered(answer: Answer, request: IncomingMessage, response: ServerResponse): boolean {
  try {
    return answer(request, response);
  } catch (error) {
    // Once the head is written, no other answer can follow.
    if (response.headersSent) response.destroy(error as Error);
    return response.headersSent;
  }
}

/**
 * Where the host is `localhost`, listens at the machine's other loopback address too: browsers try both. Fastify does so
 * only with a server of its own making.
 */
export function listenOnBoth(app: FastifyInstance, host: () => string): void {
  let second: Server | undefined;
  app.addHook('onListen', (done) => {
    const address = app.server.address();
    if (host() !== 'localhost' || address === null || typeof address === 'string') return done();
    const { requestTimeout, keepAliveTimeout } = app.server;
    second = createServer({ requestTimeout, keepAliveTimeout }, (request, response) =>
      app.server.emit('request', request, response),
    );
    // A machine may have no IPv6, or none but IPv6.
    second.once('error', () => done());
    second.listen(address.port, address.family === 'IPv4' ? '::1' : '127.0.0.1', () => done());
  });
  app.addHook('preClose', (done) => {
    second?.close();
    second?.closeAllConnections();
    done();
  });
}
