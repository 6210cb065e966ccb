/** Times requests as a reader makes them, with little work of its own: it takes the answer as it comes, and reads none of it. */
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true });

/** Milliseconds from the request to the last byte of its answer, compressed where the server does, and its status. */
export function timedGet(url: string): Promise<{ readonly ms: number; readonly status: number }> {
  const began = performance.now();
  return new Promise((done, failed) => {
    http
      .get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (answer) => {
        answer.on('error', failed);
        answer.on('end', () => done({ ms: performance.now() - began, status: answer.statusCode ?? 0 }));
        answer.resume();
      })
      .on('error', failed);
  });
}
