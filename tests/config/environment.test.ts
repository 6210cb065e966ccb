/** Environment variables become settings; unset and empty ones leave the word to settings.yaml. */
import { describe, expect, test } from 'vitest';
import { say } from '../../src/reasons/render.ts';
import { readEnvironment } from '../../src/config/environment.ts';

describe('readEnvironment', () => {
  test('of nothing gives the defaults', () => {
    const unset = {
      redisUrl: null,
      dataFolder: 'data',
      logLevel: 'info',
      host: null,
      port: null,
      baseUrl: null,
      admin: null,
      behindProxy: null,
      faults: [],
    };
    expect(readEnvironment({})).toEqual(unset);
    expect(readEnvironment({ REDIS_URL: '', DELTAWIRE_DATA: ' ', DELTAWIRE_PORT: '', LOG_LEVEL: '' })).toEqual(unset);
  });

  test('reads every variable', () => {
    expect(
      readEnvironment({
        REDIS_URL: 'rediss://:p%40ss@redis.example.com:6380/2',
        DELTAWIRE_DATA: '/var/lib/deltawire',
        DELTAWIRE_HOST: '0.0.0.0',
        DELTAWIRE_PORT: '80',
        DELTAWIRE_BASE_URL: 'https://news.example.com/',
        DELTAWIRE_ADMIN: 'hefei:a:b',
        DELTAWIRE_BEHIND_PROXY: '1',
        LOG_LEVEL: 'DEBUG',
      }),
    ).toEqual({
      redisUrl: 'rediss://:p%40ss@redis.example.com:6380/2',
      dataFolder: '/var/lib/deltawire',
      logLevel: 'debug',
      host: '0.0.0.0',
      port: 80,
      baseUrl: 'https://news.example.com',
      admin: { user: 'hefei', password: 'a:b' },
      behindProxy: true,
      faults: [],
    });
  });

  test.each([
    'redis://localhost',
    '/run/redis.sock',
    'unix:///run/redis.sock',
    'redis+sentinel://:p%40ss@a:26379,b/main/0',
    'rediss://host/0?ca=/etc/ca.pem',
  ])('takes REDIS_URL=%s', (url) => {
    expect(readEnvironment({ REDIS_URL: url })).toMatchObject({ redisUrl: url, faults: [] });
  });

  test.each([
    ['redis://:a/b@host:6379', 'config.store-address.password'],
    ['redis://:a#b@host:6379', 'config.store-address.password'],
    ['redis://:12/b@host:6379', 'config.store-address.password'],
    ['redis://u:1?b@host:6379', 'config.store-address.password'],
    ['redis://:50%@host:6379', 'config.store-address.password'],
    ['redis://host:6379/news', 'config.store-address.database'],
    ['redis://', 'config.store-address.unreadable'],
    ['redis+sentinel://a:26379', 'config.store-address.unreadable'],
    ['redis+sentinel://:a/b@host/main', 'config.store-address.password'],
    ['redis+cluster://a', 'config.store-address.scheme'],
  ])('refuses REDIS_URL=%s by %s, without its password', (url, code) => {
    const { redisUrl, faults } = readEnvironment({ REDIS_URL: url });
    expect(redisUrl).toBeNull();
    expect(faults.map(({ why }) => why.params)).toMatchObject([{ why: { code } }]);
    for (const language of ['zh', 'en'] as const) expect(say(faults[0]?.why ?? '', language)).not.toContain('b@');
  });

  test('replaces bad values by defaults and names each variable', () => {
    const read = readEnvironment({ DELTAWIRE_PORT: '-1', LOG_LEVEL: 'loud', DELTAWIRE_ADMIN: ':x' });
    expect(read).toMatchObject({ port: null, logLevel: 'info', admin: null });
    expect(
      read.faults.map(({ file, line, column, why }) => [file, line, column, say(why, 'en').split(':')[0]]),
    ).toEqual([
      ['environment', 1, 1, 'LOG_LEVEL'],
      ['environment', 1, 1, 'DELTAWIRE_PORT'],
      ['environment', 1, 1, 'DELTAWIRE_ADMIN'],
    ]);
  });
});
