/** Reads settings from environment variables, and names the variable in each fault. */
import type { Fault, Settings } from '../model/config.ts';
import { adminProblem, baseUrlProblem, hostProblem, parseAdmin } from './schema/addresses.ts';
import { didYouMean } from '../text/near.ts';
import { show } from './yaml/show.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Null where the variable is unset or empty: settings.yaml or a default applies. */
export interface Environment {
  readonly redisUrl: string | null;
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  readonly host: string | null;
  readonly port: number | null;
  readonly baseUrl: string | null;
  readonly admin: Settings['server']['admin'];
  readonly faults: readonly Fault[];
}

function redisProblem(value: string): string | null {
  const scheme = /^([a-z]+):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (value.startsWith('/') || scheme === 'unix') return null;
  const expected = 'expected `redis://host:port/0`, `rediss://…` or the path of a socket';
  if (scheme === undefined) return `has no scheme; ${expected}`;
  if (scheme !== 'redis' && scheme !== 'rediss') {
    return `has the scheme ${show(scheme)}${didYouMean(scheme, ['redis', 'rediss']) || `; ${expected}`}`;
  }
  return URL.canParse(value) ? null : `is no address; ${expected}`;
}

/** Never throws; a bad value is a fault of the file `environment`, and its default is used in its place. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const faults: Fault[] = [];
  const read = <T>(name: string, problem: (value: string) => string | null, parse: (value: string) => T): T | null => {
    const value = env[name]?.trim() ?? '';
    if (value === '') return null;
    const message = problem(value);
    if (message === null) return parse(value);
    faults.push({ file: 'environment', line: 1, column: 1, message: `${name}: ${message}` });
    return null;
  };
  const same = (value: string): string => value;
  return {
    redisUrl: read('REDIS_URL', redisProblem, same),
    dataFolder: read('DELTAWIRE_DATA', () => null, same) ?? 'data',
    logLevel:
      read(
        'LOG_LEVEL',
        (value) =>
          LOG_LEVELS.some((level) => level === value.toLowerCase())
            ? null
            : `${show(value)} is no level${didYouMean(value, LOG_LEVELS) || `; expected ${LOG_LEVELS.join(', ')}`}`,
        (value) => value.toLowerCase() as LogLevel,
      ) ?? 'info',
    host: read('DELTAWIRE_HOST', hostProblem, same),
    port: read(
      'DELTAWIRE_PORT',
      (value) =>
        /^\d{1,5}$/.test(value) && Number(value) <= 65_535
          ? null
          : `${show(value)} is no port; expected a whole number from 0 to 65535`,
      Number,
    ),
    baseUrl: read('DELTAWIRE_BASE_URL', baseUrlProblem, (value) => value.replace(/\/+$/, '')),
    admin: read('DELTAWIRE_ADMIN', adminProblem, parseAdmin),
    faults,
  };
}
