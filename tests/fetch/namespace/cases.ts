/** What is asked in a network namespace whose every address is a server, what comes of it, and which servers heard of it. */

/** Who asks: a fetcher by itself, or a job of a queue that workers run. */
type Asker =
  | 'feed'
  | 'page'
  | 'poll'
  | 'full text'
  | 'webhook'
  | 'websub confirms'
  | 'websub delivers'
  | 'websub pings'
  | 'websub leaves';

export interface Case {
  readonly name: string;
  readonly asker: Asker;
  readonly url: string;
  /** Asks made one after the other by the same asker; the last one's outcome counts. */
  readonly times: number;
  readonly proxy: string | null;
  readonly allow: readonly string[];
  /** As `brief` of the rig says it, or what became of the job. */
  readonly gives: string;
  readonly says: RegExp;
  /** Connections by the address at which they arrived: no other server had any. */
  readonly reaches: Readonly<Record<string, number>>;
}

const PUBLIC = '93.184.216.34';
const PUBLIC_SIX = '2606:2800:220:1::1';
const TEN = '10.0.0.1';
/** Public, and this machine's own. */
export const OWN = ['93.184.216.99', '2400:3200::99'] as const;
const HERE = '200 modified "here"';

/** Every kind of address that the guard knows, and under which name; each has a server that would answer. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['private 10', TEN],
  ['private 172.16', '172.16.0.1'],
  ['private 192.168', '192.168.1.1'],
  ['loopback', '127.0.0.1'],
  ['link-local', '169.254.1.1'],
  ['metadata', '169.254.169.254'],
  ['metadata of Alibaba Cloud', '100.100.100.200'],
  ['metadata of Azure, in public space', '168.63.129.16'],
  ['metadata of Oracle Cloud', '192.0.0.192'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['benchmarking', '198.18.0.1'],
  ['class E', '240.0.0.1'],
  ['loopback, IPv6', '::1'],
  ['unique local', 'fd00::1'],
  ['metadata, IPv6', 'fd00:ec2::254'],
  ['site-local', 'fec0::1'],
  ['documentation, IPv6', '2001:db8::1'],
  ['NAT64 of private', '64:ff9b::a00:1'],
  ['6to4 of private', '2002:a00:1::1'],
  ['IPv4-compatible private', '::a00:1'],
  ['IPv4-translated private', '::ffff:0:a00:1'],
];

/** Names in DNS: what each look-up finds in turn, the last one for ever. One name instead of addresses is a CNAME. */
export const NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'news.example': [[PUBLIC]],
  'six.example': [[PUBLIC_SIX]],
  'both.example': [[PUBLIC, PUBLIC_SIX]],
  'rebind.example': [[PUBLIC], [TEN]],
  'mixed.example': [[TEN, PUBLIC]],
  'mixed-six.example': [['fd00::1', PUBLIC]],
  'mixed-four.example': [[TEN, PUBLIC_SIX]],
  'alias.example': [['cname.example']],
  'cname.example': [['k0.kind.example']],
  'mapped.example': [['::ffff:10.0.0.1']],
  'linklocal.example': [['fe80::1']],
  'unspecified.example': [['0.0.0.0']],
  'unspecified-six.example': [['::']],
  'own.example': [[OWN[0]]],
  'own-six.example': [[OWN[1]]],
  'turned-own.example': [[PUBLIC], [OWN[0]]],
  'localhost.example': [['localhost']],
  ...Object.fromEntries(REFUSED.map(([, address], i) => [`k${i}.kind.example`, [[address]]])),
};

/** Names of /etc/hosts in the namespace. */
export const HOSTS = `127.0.0.1 localhost\n::1 localhost\n${TEN} intranet desk.example\n`;

const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
const at = (host: string, path = '/'): string => `http://${host}${path}`;
/** An address of the public server that redirects. */
const to = (location: string, host = 'news.example'): string => at(host, `/to/302/${encodeURIComponent(location)}`);

const OUTSIDE = /outside allowAddresses/;

function makeCase(over: Partial<Case> & Pick<Case, 'name' | 'url'>): Case {
  return { asker: 'feed', times: 1, proxy: null, allow: [], gives: HERE, says: /^$/, reaches: {}, ...over };
}

/** Refused: an outcome of `stage: address`, and no server but those that were passed on the way heard of it. */
function refused(name: string, url: string, over: Partial<Case> = {}): Case {
  return makeCase({ name, url, gives: 'failed address', says: OUTSIDE, ...over });
}

function redirected(name: string, location: string, over: Partial<Case> = {}): Case {
  return refused(name, to(location), { reaches: { [PUBLIC]: 1 }, ...over });
}

/** With the guard opened for the one address, its server answers: so none of the others was silent by chance. */
const ofKinds: readonly Case[] = REFUSED.flatMap(([kind, address], i) => [
  refused(`${kind}: as an address`, at(inUrl(address))),
  refused(`${kind}: by a name`, at(`k${i}.kind.example`)),
  redirected(`${kind}: redirect to the address`, at(inUrl(address)), { gives: 'failed address 302' }),
  redirected(`${kind}: redirect to a name`, at(`k${i}.kind.example`)),
  makeCase({
    name: `${kind}: let through by allowAddresses`,
    url: at(`k${i}.kind.example`),
    allow: [address],
    reaches: { [address]: 1 },
  }),
]);

const SPELLED: readonly string[] = [
  '0x7f.1',
  '2130706433',
  '017700000001',
  '127.1',
  '0',
  '167772161',
  '10.0.0.1.',
  '0xa.0.0.1',
  '%31%30.0.0.1',
  '１０.０.０.１',
  '[::ffff:10.0.0.1]',
  '[::ffff:a00:1]',
  '[::10.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[2002:0a00:0001::]',
  '[::]',
  '[fe80::1]',
  '[ff02::1]',
  '224.0.0.251',
  '255.255.255.255',
];
const NAMED: readonly string[] = [
  'localhost',
  'localhost.',
  'LOCALHOST',
  'k0.kind.example.',
  'K0.Kind.Example',
  'intranet',
  'desk.example',
  'alias.example',
  'cname.example',
  'mapped.example',
  'linklocal.example',
  'unspecified.example',
  'unspecified-six.example',
];
const spelled: readonly Case[] = [
  ...SPELLED.flatMap((host) => [
    refused(`${host}: as an address`, at(host)),
    redirected(`${host}: redirect`, at(host), { gives: 'failed address 302' }),
  ]),
  ...NAMED.flatMap((host) => [refused(`${host}: by name`, at(host)), redirected(`${host}: redirect`, at(host))]),
  // DNS names no address for an alias of localhost, and the system none either.
  refused('an alias of localhost', at('localhost.example'), { gives: 'failed dns', says: /cannot be resolved/ }),
];

const names: readonly Case[] = [
  makeCase({ name: 'a public name', url: at('news.example'), reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'a public name with a trailing dot', url: at('news.example.'), reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'a public name of IPv6 only', url: at('six.example'), reaches: { [PUBLIC_SIX]: 1 } }),
  makeCase({ name: 'a public name of both families', url: at('both.example'), reaches: { [PUBLIC]: 1 } }),
  makeCase({
    name: 'a redirect to a public name',
    url: to(at('six.example')),
    reaches: { [PUBLIC]: 1, [PUBLIC_SIX]: 1 },
  }),
  makeCase({ name: 'one look-up of a name that will change', url: at('rebind.example'), reaches: { [PUBLIC]: 1 } }),
  refused('the second look-up of a name that changed', at('rebind.example'), { times: 2, reaches: { [PUBLIC]: 1 } }),
  refused('a name that changes between two hops', to('/', 'rebind.example'), { reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'one private and one public A', url: at('mixed.example'), reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'a private AAAA and a public A', url: at('mixed-six.example'), reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'a private A and a public AAAA', url: at('mixed-four.example'), reaches: { [PUBLIC_SIX]: 1 } }),
  redirected('a redirect of a page', at('k2.kind.example'), { asker: 'page' }),
  refused('a page', at('k2.kind.example'), { asker: 'page' }),
];

const allowed: readonly Case[] = [
  makeCase({ name: 'a block lets its addresses through', url: at(TEN), allow: ['10.0.0.0/8'], reaches: { [TEN]: 1 } }),
  makeCase({
    name: 'a block lets the mapped form of its addresses through',
    url: at('[::ffff:10.0.0.1]'),
    allow: ['10.0.0.0/8'],
    reaches: { [TEN]: 1 },
  }),
  refused('a block lets no other block through', at('192.168.1.1'), { allow: ['10.0.0.0/8'] }),
  refused('a block lets the address next to it not through', at('10.0.0.2'), { allow: ['10.0.0.1/32'] }),
  refused('a block lets no redirect to another block through', at(TEN, '/to/302/http%3A%2F%2F172.16.0.1%2F'), {
    allow: ['10.0.0.0/8'],
    gives: 'failed address 302',
    reaches: { [TEN]: 1 },
  }),
  refused('all of IPv4 lets no IPv6 through', at('[fd00::1]'), { allow: ['0.0.0.0/0'] }),
];

/** Each way to name an address of one of this machine's interfaces. */
const OWN_HOSTS = [
  OWN[0],
  `[::ffff:${OWN[0]}]`,
  `[64:ff9b::${OWN[0]}]`,
  '1572395107',
  `[${OWN[1]}]`,
  'own.example',
  'own-six.example',
];
const own: readonly Case[] = [
  ...OWN_HOSTS.flatMap((host) => [
    refused(`own address ${host}`, at(host), { says: /own addresses/ }),
    redirected(`own address ${host}: redirect`, at(host), {
      gives: host.endsWith('example') ? 'failed address' : 'failed address 302',
      says: /own addresses/,
    }),
    refused(`own address ${host}: through a proxy`, at(host), { proxy: at('six.example'), says: /own addresses/ }),
  ]),
  refused('own address: a name that changed', at('turned-own.example'), { times: 2, reaches: { [PUBLIC]: 1 } }),
  makeCase({ name: 'own address: let through', url: at(OWN[0]), allow: [OWN[0]], reaches: { [OWN[0]]: 1 } }),
];

const OPERATORS: readonly (readonly [string, string])[] = [
  ['a private address', TEN],
  ['loopback', '127.0.0.1'],
  ['an own address', OWN[0]],
];
const proxies: readonly Case[] = [
  makeCase({
    name: 'http through a public proxy',
    url: at('news.example'),
    proxy: at('six.example'),
    reaches: { [PUBLIC_SIX]: 1, [PUBLIC]: 1 },
  }),
  ...OPERATORS.flatMap(([name, address]) => [
    makeCase({
      name: `http through a proxy at ${name}, which the operator names`,
      url: at('news.example'),
      proxy: at(address),
      reaches: { [address]: 1, [PUBLIC]: 1 },
    }),
    refused(`http through a proxy at ${name}, to that address`, at(address), { proxy: at(address) }),
    refused(`a redirect through a proxy at ${name}, to that address`, to(at(address)), {
      proxy: at(address),
      gives: 'failed address 302',
      reaches: { [address]: 1, [PUBLIC]: 1 },
    }),
  ]),
  makeCase({
    name: 'https through a public proxy, to a port that nobody serves',
    url: 'https://news.example/',
    proxy: at('six.example'),
    gives: 'failed connect',
    says: /the proxy answered 502/,
    reaches: { [PUBLIC_SIX]: 1 },
  }),
  makeCase({
    name: 'a name that only the proxy could know',
    url: at('unknown.example'),
    proxy: at('six.example'),
    gives: 'failed dns',
    says: /cannot be resolved/,
  }),
  refused('a redirect to a private name through a proxy', to(at('k2.kind.example')), {
    proxy: at('six.example'),
    reaches: { [PUBLIC_SIX]: 1, [PUBLIC]: 1 },
  }),
  makeCase({
    name: 'a private name through a proxy, let through by allowAddresses',
    url: at('k2.kind.example'),
    proxy: at('six.example'),
    allow: ['192.168.1.1'],
    reaches: { [PUBLIC_SIX]: 1, '192.168.1.1': 1 },
  }),
  makeCase({
    name: 'one private and one public address through a proxy: the public one is asked for',
    url: at('mixed.example'),
    proxy: at('six.example'),
    reaches: { [PUBLIC_SIX]: 1, [PUBLIC]: 1 },
  }),
  refused('a name that changed, through a proxy', at('rebind.example'), {
    proxy: at('six.example'),
    times: 2,
    reaches: { [PUBLIC_SIX]: 1, [PUBLIC]: 1 },
  }),
  ...['http', 'https'].flatMap((scheme) =>
    ['169.254.169.254', 'k2.kind.example', 'mapped.example', 'localhost'].map((host) =>
      refused(`${scheme}://${host} through a proxy`, `${scheme}://${host}/`, { proxy: at('six.example') }),
    ),
  ),
];

/** What a job of each kind says when its server answers, and when the guard refuses. */
const JOBS: readonly (readonly [Asker, string, string])[] = [
  ['poll', 'completed modified', 'failed'],
  ['full text', 'completed 1 page', 'completed 0 pages'],
  ['webhook', 'completed 204', 'failed'],
  ['websub confirms', 'completed subscribed', 'completed'],
  ['websub delivers', 'completed version 1 accepted', 'failed'],
  ['websub pings', 'completed told', 'failed'],
  ['websub leaves', 'completed told', 'failed'],
];
const jobs: readonly Case[] = JOBS.flatMap(([asker, answered, failed]) => {
  const no = { asker, gives: failed };
  return [
    makeCase({ name: `${asker}: public`, asker, url: at('news.example'), gives: answered, reaches: { [PUBLIC]: 1 } }),
    refused(`${asker}: a private address`, at(TEN), no),
    refused(`${asker}: loopback spelled otherwise`, at('0x7f.1'), no),
    refused(`${asker}: a private name`, at('k2.kind.example'), no),
    refused(`${asker}: metadata by name`, at('k5.kind.example'), no),
    refused(`${asker}: a name that changed`, at('rebind.example'), { ...no, times: 2, reaches: { [PUBLIC]: 1 } }),
    makeCase({
      name: `${asker}: let through`,
      asker,
      url: at(TEN),
      allow: [TEN],
      gives: answered,
      reaches: { [TEN]: 1 },
    }),
  ];
});
/** A hub may move by 307, its message with it. */
const movedHub = (location: string): Partial<Case> & Pick<Case, 'asker' | 'url'> => ({
  asker: 'websub leaves',
  url: at('news.example', `/to/307/${encodeURIComponent(location)}`),
});
const followed: readonly Case[] = [
  makeCase({
    name: 'websub leaves: a redirect to a public name',
    ...movedHub(at('six.example')),
    gives: 'completed told',
    reaches: { [PUBLIC]: 1, [PUBLIC_SIX]: 1 },
  }),
  ...[at(TEN), at('k2.kind.example'), 'http://a:b@six.example/'].map((location) =>
    makeCase({
      name: `websub leaves: a redirect to ${location}`,
      ...movedHub(location),
      gives: 'failed',
      says: location.includes('@') ? /user name or password/ : OUTSIDE,
      reaches: { [PUBLIC]: 1 },
    }),
  ),
  redirected('poll: a redirect to a private address', at(TEN), { asker: 'poll', gives: 'failed' }),
  redirected('full text: a redirect to a private name', at('k2.kind.example'), {
    asker: 'full text',
    gives: 'completed 0 pages',
  }),
  ...(['webhook', 'websub delivers', 'websub pings'] as const).map((asker) =>
    redirected(`${asker}: a redirect is not followed at all`, at(TEN), { asker, gives: 'failed', says: /302 Found/ }),
  ),
  redirected('websub confirms: a redirect is not followed at all', at(TEN), {
    asker: 'websub confirms',
    gives: 'completed',
    says: /302 Found/,
  }),
];

export const cases: readonly Case[] = [
  ...names,
  ...ofKinds,
  ...spelled,
  ...allowed,
  ...own,
  ...proxies,
  ...jobs,
  ...followed,
];
