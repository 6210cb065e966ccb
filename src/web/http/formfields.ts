/** Reads what a request gives by name: the parameters of its query, the fields of its form or JSON object. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Forms arrive as an object of their fields; of a field that is given more than once the last one counts. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

/** A parameter of the query as text, trimmed and cut to `most` characters; the first where it is given more than once. */
export function textOf(request: FastifyRequest, name: string, most = 200): string {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  const first = Array.isArray(value) ? value[0] : value;
  return (first ?? '').trim().slice(0, most);
}

/** The text fields of a form or of a JSON object; anything else in it is left out. */
export function fieldsOf({ body }: FastifyRequest): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** What is given under a name: by the query, or else by the form or JSON object; trimmed and cut, empty where absent. */
export function givenOf(request: FastifyRequest, name: string, most = 500): string {
  return textOf(request, name, most) || (fieldsOf(request)[name] ?? '').trim().slice(0, most);
}
