/** Lets an answer from memory pass before Fastify, whose routing and hooks cost more than such an answer. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** `answer` says whether it answered; what it does not, or fails at, goes to Fastify as before. */
export function passBefore(
  server: Server,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!answered(answer, request, response))
      for (const listener of listeners) listener.call(server, request, response);
  });
}

function answered(
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  try {
    return answer(request, response);
  } catch (error) {
    // Once the head is written, nobody else can answer any more.
    if (response.headersSent) response.destroy(error as Error);
    return response.headersSent;
  }
}
