/** Fetches in a process of its own, which trusts the authorities that its environment names. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Node reads the authorities it trusts besides its own when it starts, so a process of its own has them.
const SCRIPT = `
  const { createFetcher } = await import('./src/fetch/fetcher.ts');
  const { TARGET: url, PROXY: proxy, POLICY: tls, TIMES: times = '1' } = process.env;
  const fetcher = createFetcher({
    timeoutMs: 5000, maxBytes: 10000, maxRedirects: 5, concurrency: 1, allowAddresses: ['127.0.0.1/32'],
    lookup: (hostname, options, callback) => setImmediate(() => callback(null, [{ address: '127.0.0.1', family: 4 }])),
  });
  let result;
  for (let i = 0; i < Number(times); i++) result = await fetcher.fetchDocument({ url, proxy, tls });
  await fetcher.close();
  const { say } = await import('./src/reasons/render.ts');
  const { outcome, stage, reason, redirects } = result;
  const message = reason && say(reason, 'en');
  const chinese = reason && say(reason, 'zh');
  console.log(JSON.stringify({ outcome, stage, message, chinese, redirects }));
`;

/** Fetches `url` in a process with this environment, with one fetcher `TIMES` times. Gives what the last fetch came to. */
export async function fetchTrusting(url: string, env: Record<string, string>): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { ...process.env, TARGET: url, ...env } },
  );
  return JSON.parse(stdout);
}
