import { describe, expect, it } from 'vitest';
import { parseStoreAddress } from '../../src/text/storeaddress.ts';

const PLAIN = { primary: null, username: '', password: '', database: 0, tls: false, caFile: null };

describe('parseStoreAddress', () => {
  it.each([
    ['redis://localhost', { ...PLAIN, at: [{ host: 'localhost', port: 6379 }] }],
    [
      'rediss://u:p%40s%2Fs@redis.example.com:6380/2?ca=/etc/ca.pem',
      {
        at: [{ host: 'redis.example.com', port: 6380 }],
        primary: null,
        username: 'u',
        password: 'p@s/s',
        database: 2,
        tls: true,
        caFile: '/etc/ca.pem',
      },
    ],
    [
      'redis+sentinel://:secret@10.0.0.1,[2001:db8::1]:26380,c.example/main/3',
      {
        ...PLAIN,
        at: [
          { host: '10.0.0.1', port: 26379 },
          { host: '2001:db8::1', port: 26380 },
          { host: 'c.example', port: 26379 },
        ],
        primary: 'main',
        password: 'secret',
        database: 3,
      },
    ],
    ['rediss+sentinel://a/main', { ...PLAIN, at: [{ host: 'a', port: 26379 }], primary: 'main', tls: true }],
  ])('reads %s', (text, address) => {
    expect(parseStoreAddress(text)).toEqual(address);
  });

  it.each([
    'redis://a,b',
    'redis://host/news',
    'redis://:50%@host',
    'redis://host:70000',
    'redis+sentinel://a,b',
    'redis+sentinel://a,/main',
    'redis+sentinel://a/main/0/1',
    'redis+sentinel://a/main/x',
    'http://a/main',
  ])('takes %s for none', (text) => {
    expect(parseStoreAddress(text)).toBeNull();
  });
});
