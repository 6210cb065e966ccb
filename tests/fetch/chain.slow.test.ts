/** Servers that send half of their certificate chain: a root, intermediates and certificates that openssl makes for each run. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listen, reply, type Rig } from './rig.ts';
import { fetchTrusting } from './trusting.ts';

const run = promisify(execFile);
const COMPLETE = { POLICY: 'accept-incomplete-chain' };

let folder = '';
let shelf: Rig;
/** What lies where certificates say that their issuers do: path → bytes. */
const shelved = new Map<string, Buffer>();
let rigs: Rig[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-chain-'));
  shelf = await listen((socket, { path }) => {
    const found = shelved.get(path);
    socket.write(found === undefined ? reply(404, {}) : reply(200, {}, found));
  });
  const server = `subjectAltName=IP:127.0.0.1\nauthorityInfoAccess=caIssuers;URI:${shelf.origin}`;
  const issuer = 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign';
  await makeRoot('root');
  await makeRoot('strangers-root');
  await sign('upper', 'root', issuer);
  await sign('lower', 'upper', `${issuer}\nauthorityInfoAccess=caIssuers;URI:${shelf.origin}/upper.cer`);
  await sign(
    'strangers',
    'strangers-root',
    `${issuer}\nauthorityInfoAccess=caIssuers;URI:${shelf.origin}/strangers-root.cer`,
  );
  await sign('one-missing', 'upper', `${server}/upper.cer`);
  await sign('two-missing', 'lower', `${server}/lower.cer`);
  await sign('by-strangers', 'strangers', `${server}/strangers.cer`);
  await sign('by-a-strange-root', 'strangers-root', `${server}/strangers-root.cer`);
  await sign('nowhere', 'upper', `${server}/nowhere.cer`);
  await sign('of-another', 'upper', `${server}/strangers.cer`);
  await sign(
    'inside',
    'upper',
    'subjectAltName=IP:127.0.0.1\nauthorityInfoAccess=caIssuers;URI:http://10.1.2.3/upper.cer',
  );
  await sign('unnamed', 'upper', 'subjectAltName=IP:127.0.0.1');
  await sign(
    'elsewhere',
    'upper',
    `subjectAltName=DNS:news.test\nauthorityInfoAccess=caIssuers;URI:${shelf.origin}/upper.cer`,
  );
  for (const name of ['upper', 'lower', 'strangers', 'strangers-root']) await shelve(name);
}, 60_000);
afterAll(async () => {
  await shelf.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const rig of rigs) await rig.close();
  rigs = [];
  shelf.seen.length = 0;
});

const pem = (name: string, kind: 'key' | 'cert') => join(folder, `${name}.${kind}.pem`);
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

async function makeRoot(name: string): Promise<void> {
  const named = ['-subj', `/CN=${name}`, '-keyout', pem(name, 'key'), '-out', pem(name, 'cert')];
  await run('openssl', ['req', '-x509', ...KEY, ...named, '-days', '2']);
}

async function sign(name: string, by: string, extensions: string): Promise<void> {
  const request = join(folder, `${name}.csr`);
  const extra = join(folder, `${name}.ext`);
  await writeFile(extra, extensions);
  await run('openssl', ['req', ...KEY, '-subj', `/CN=${name}`, '-keyout', pem(name, 'key'), '-out', request]);
  const signing = ['-CA', pem(by, 'cert'), '-CAkey', pem(by, 'key'), '-CAcreateserial', '-days', '2'];
  await run('openssl', ['x509', '-req', '-in', request, ...signing, '-extfile', extra, '-out', pem(name, 'cert')]);
}

async function shelve(name: string): Promise<void> {
  const bytes = join(folder, `${name}.cer`);
  await run('openssl', ['x509', '-in', pem(name, 'cert'), '-outform', 'DER', '-out', bytes]);
  shelved.set(`/${name}.cer`, await readFile(bytes));
}

/** A server that sends its own certificate alone, or with these. */
async function serve(
  name: string,
  ...sent: readonly string[]
): Promise<{ readonly rig: Rig; readonly origin: string }> {
  const files = await Promise.all([name, ...sent].map((one) => readFile(pem(one, 'cert'), 'utf8')));
  const key = await readFile(pem(name, 'key'));
  const rig = await listen(
    (socket) => socket.write(reply(200, {}, 'news')),
    '127.0.0.1',
    (onSocket) => createTlsServer({ key, cert: files.join('') }, onSocket).on('tlsClientError', () => {}),
  );
  rigs.push(rig);
  return { rig, origin: rig.origin.replace('http:', 'https:') };
}

const trusting = () => ({ NODE_EXTRA_CA_CERTS: pem('root', 'cert') });
const paths = () => shelf.seen.map(({ path }) => path);

describe('a certificate chain that the server does not send', () => {
  test('fails as long as nothing else is said, and is looked for nowhere', async () => {
    const { origin, rig } = await serve('one-missing');
    const message = expect.stringMatching(/does not send the whole certificate chain/);
    expect(await fetchTrusting(origin, trusting())).toMatchObject({ stage: 'tls', message });
    expect([rig.seen, paths()]).toEqual([[], []]);
  });

  test.each([
    ['one-missing', [], ['/upper.cer']],
    ['two-missing', [], ['/lower.cer', '/upper.cer']],
    ['two-missing', ['lower'], ['/lower.cer', '/upper.cer']],
    ['one-missing', ['upper'], []],
  ] as const)(
    'is completed where the source says so, once for many polls: %s, sent with %j',
    async (name, sent, asked) => {
      const { origin, rig } = await serve(name, ...sent);
      const env = { ...trusting(), ...COMPLETE, TIMES: '3' };
      expect(await fetchTrusting(origin, env)).toMatchObject({ outcome: 'modified' });
      expect(paths()).toEqual(asked);
      expect(rig.seen).toHaveLength(3);
    },
  );

  test('is completed through a proxy, too', async () => {
    const { origin } = await serve('one-missing');
    const proxy = await listen((socket) => {
      socket.removeAllListeners('data');
      const onward = connect(Number(new URL(origin).port), '127.0.0.1');
      onward.on('error', () => socket.destroy());
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    rigs.push(proxy);
    const env = { ...trusting(), ...COMPLETE, PROXY: proxy.origin };
    expect(await fetchTrusting(origin, env)).toMatchObject({ outcome: 'modified' });
    expect(proxy.seen.length).toBeGreaterThan(1);
  });

  test.each([
    ['by-strangers', /unknown authority|whole certificate chain/, /不受信任|不完整/],
    [
      'by-a-strange-root',
      /the issuer is a root certificate, which is not trusted here/,
      /签发者是根证书，而这里不信任它/,
    ],
    ['nowhere', /answered 404/, /404/],
    ['of-another', /strangers.cer does not give the issuer’s certificate/, /没有给出签发者的证书/],
    ['inside', /10\.1\.2\.3 is a private address/, /10\.1\.2\.3 是内网地址|10\.1\.2\.3/],
    ['unnamed', /names no address of its issuer’s certificate/, /没有写签发者证书的地址/],
    ['elsewhere', /for another host/, /属于别的主机/],
  ])('of %s is refused and nothing is sent', async (name, message, chinese) => {
    const { origin, rig } = await serve(name);
    const result = await fetchTrusting(origin, { ...trusting(), ...COMPLETE });
    expect(result).toMatchObject({
      stage: 'tls',
      message: expect.stringMatching(message),
      chinese: expect.stringMatching(chinese),
    });
    expect(rig.seen).toEqual([]);
  });
});
