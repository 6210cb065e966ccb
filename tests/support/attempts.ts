/** Which tests are attempts on the program, by kind: each tries one thing that must not succeed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Files with attempts of a kind, and which of their tests these are, by their full name. */
type Kinds = Readonly<Record<string, readonly (readonly [file: string, names: RegExp])[]>>;

const KINDS: Kinds = {
  'SSRF: addresses': [
    ['tests/fetch/addressguard.test.ts', /refuses|own addresses/],
    [
      'tests/fetch/addresses.test.ts',
      /is refused by default|an address that is none|of (?:a private|another|metadata|an IPv4|a NAT64|a zoned|two refused)/,
    ],
    ['tests/fetch/namespace.slow.test.ts', /: (?:as an address|by a name|by name)|let no|not through/],
  ],
  'SSRF: redirects and names that change': [
    [
      'tests/fetch/redirects.test.ts',
      /is refused on the second hop|to (?:file|gopher|data|javascript|no address|a bad port|userinfo)/,
    ],
    ['tests/fetch/addresses.test.ts', /changes between|looked up once/],
    ['tests/fetch/namespace.slow.test.ts', /redirect|that changed|changes between/],
  ],
  'SSRF: own interfaces': [
    ['tests/fetch/namespace.slow.test.ts', /own address/],
    ['tests/fetch/addresses.test.ts', /of this machine/],
  ],
  'SSRF: addresses typed on the desk': [['tests/web/addsource.slow.test.ts', /is refused/]],
  'SSRF: proxies': [
    ['tests/fetch/proxy.test.ts', /through a proxy on this machine|is refused/],
    ['tests/fetch/namespace.slow.test.ts', /proxy/],
  ],
  credentials: [
    ['tests/jobs/fulltext.test.ts', /what the operator gave/],
    ['tests/fetch/redirects.test.ts', /what goes with a redirect/],
    ['tests/fetch/proxy.test.ts', /no one else does/],
    ['tests/websub/following.slow.test.ts', /is followed for/],
    ['tests/text/masking.test.ts', /hides/],
    ['tests/text/secrets.test.ts', /./],
    ['tests/cli/output.test.ts', /shows no secret/],
    ['tests/config/faults.test.ts', /^secrets/],
    ['tests/daemon/secrets.slow.test.ts', /./],
  ],
  'XSS: vectors in the sanitiser': [['tests/clean/html.test.ts', /no vector/]],
  'XSS: feeds broken out of': [['tests/publish/hostile.test.ts', /./]],
  'XSS and mXSS in Chromium': [['tests/web/xss.slow.test.ts', /./]],
  CSRF: [
    ['tests/web/attempts.test.ts', /a request from another page/],
    ['tests/web/config.test.ts', /attempts/],
    ['tests/web/deskroutes.test.ts', /a request that changes something/],
    ['tests/web/visitors.test.ts', /the job dashboard/],
  ],
  'login and session': [
    ['tests/web/attempts.test.ts', /^(?:a session|a login|where a login leads)/],
    ['tests/web/guessing.slow.test.ts', /./],
    ['tests/web/proxied.test.ts', /told of its visitors/],
  ],
  'paths and hosts of the desk': [
    ['tests/web/attempts.test.ts', /^(?:without a login|the wrong host|ten megabytes|no page may)/],
    ['tests/web/visitors.test.ts', /a target that is none/],
  ],
  smuggling: [['tests/web/wire.test.ts', /a request within the body/]],
  caches: [['tests/web/wire.test.ts', /what others get/]],
  hubs: [
    ['tests/websub/hub.slow.test.ts', /the hub/],
    ['tests/websub/hublimits.slow.test.ts', /two hundred|a hub takes/],
    ['tests/websub/following.slow.test.ts', /a signature/],
  ],
  images: [
    ['tests/web/images.test.ts', /refuses|fetches nothing/],
    ['tests/web/imagereaders.slow.test.ts', /./],
  ],
  'bodies and compression': [
    ['tests/fetch/responses.test.ts', /bomb|empty members|four codings|break off or never end/],
    ['tests/feed/bounds.slow.test.ts', /./],
  ],
  YAML: [
    ['tests/config/hostile.slow.test.ts', /./],
    ['tests/config/faults.test.ts', /bytes that are no YAML text/],
    ['tests/cli/add.slow.test.ts', /what is written/],
  ],
  OPML: [['tests/cli/opml.test.ts', /a hostile list/]],
  files: [
    ['tests/cli/add.slow.test.ts', /opens no|a file that has no end/],
    ['tests/store/child.slow.test.ts', /sockets outside/],
    ['tests/deploy.test.ts', /in any layer|gets no element/],
  ],
  terminal: [['tests/cli/output.test.ts', /does not reach/]],
};

interface Count {
  readonly kind: string;
  readonly attempts: number;
  /** What of the table above names no test any more. */
  readonly empty: readonly string[];
}

/** Counts without running any. A test that tries many things counts once. */
export async function countAttempts(): Promise<readonly Count[]> {
  const files = new Set(Object.values(KINDS).flatMap((places) => places.map(([file]) => file)));
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-attempts-'));
  const listed = join(folder, 'tests.json');
  await promisify(execFile)('npx', ['vitest', 'list', `--json=${listed}`, ...files], { cwd: ROOT });
  const tests = JSON.parse(await readFile(listed, 'utf8')) as { readonly name: string; readonly file: string }[];
  await rm(folder, { recursive: true });
  const counted = new Set<string>();
  return Object.entries(KINDS).map(([kind, places]) => {
    let attempts = 0;
    const empty: string[] = [];
    for (const [file, names] of places) {
      const found = tests.filter((test) => relative(ROOT, test.file) === file && names.test(test.name));
      if (found.length === 0) empty.push(`${file} ${names}`);
      for (const [at, { name }] of found.entries()) {
        // Names of a table may be the same; a test counts for the first kind that names it.
        const key = `${file} ${name} ${found.slice(0, at).filter((one) => one.name === name).length}`;
        if (!counted.has(key)) attempts++;
        counted.add(key);
      }
    }
    return { kind, attempts, empty };
  });
}
