/** Reads settings from environment variables, and names the variable in each fault. */
import type { Fault, Settings } from '../model/config.ts';
import { adminProblem, baseUrlProblem, hostProblem, parseAdmin } from './schema/addresses.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { nearest } from '../text/near.ts';
import { parseStoreAddress } from '../text/storeaddress.ts';
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
  readonly behindProxy: boolean | null;
  readonly faults: readonly Fault[];
}

function redisProblem(value: string): Reason | null {
  const scheme = /^([a-z][a-z+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (value.startsWith('/') || scheme === 'unix') return null;
  const expected = reason('config.store-address.expected');
  if (scheme === undefined) return reason('config.store-address.no-scheme', { expected });
  if (scheme === 'redis+sentinel' || scheme === 'rediss+sentinel')
    return parseStoreAddress(value) === null ? unreadable(value) : null;
  if (scheme === 'redis' || scheme === 'rediss') {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || url.hostname === '' || isUnescaped(url)) return unreadable(value);
    return /^\/?\d*$/.test(url.pathname) ? null : reason('config.store-address.database', { expected });
  }
  const near = nearest(scheme, ['redis', 'rediss', 'redis+sentinel', 'rediss+sentinel']);
  return near === null
    ? reason('config.store-address.scheme', { scheme: show(scheme), expected })
    : reason('config.store-address.scheme-near', { scheme: show(scheme), near });
}

/** The parts of a password must not be shown, and they are what is wrong here most of the time. */
function unreadable(value: string): Reason {
  const expected = reason('config.store-address.expected');
  return reason(value.includes('@') ? 'config.store-address.password' : 'config.store-address.unreadable', {
    expected,
  });
}

/** A password with `/`, `#`, `?` or `%` as it is ends the address too early, or cannot be decoded (RFC 3986 §3.2.1). */
function isUnescaped({ username, password, pathname, search, hash }: URL): boolean {
  if (hash !== '' || `${pathname}${search}`.includes('@')) return true;
  try {
    decodeURIComponent(username + password);
    return false;
  } catch {
    return true;
  }
}

function logLevelProblem(value: string): Reason | null {
  if (LOG_LEVELS.some((level) => level === value.toLowerCase())) return null;
  const near = nearest(value, LOG_LEVELS);
  return near === null
    ? reason('config.log-level.none', { value: show(value), known: LOG_LEVELS })
    : reason('config.log-level.near', { value: show(value), near });
}

function portProblem(value: string): Reason | null {
  const isPort = /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
  return isPort ? null : reason('config.port.form', { value: show(value) });
}

const SWITCHES: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

function switchProblem(value: string): Reason | null {
  return Object.hasOwn(SWITCHES, value.toLowerCase()) ? null : reason('config.switch.form', { value: show(value) });
}

/** Never throws; a bad value is a fault of the file `environment`, and its default is used in its place. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const faults: Fault[] = [];
  const read = <T>(name: string, problem: (value: string) => Reason | null, parse: (value: string) => T): T | null => {
    const value = env[name]?.trim() ?? '';
    if (value === '') return null;
    const why = problem(value);
    if (why === null) return parse(value);
    faults.push({ file: 'environment', line: 1, column: 1, why: reason('config.environment', { name, why }) });
    return null;
  };
  const same = (value: string): string => value;
  return {
    redisUrl: read('REDIS_URL', redisProblem, same),
    dataFolder: read('DELTAWIRE_DATA', () => null, same) ?? 'data',
    logLevel: read('LOG_LEVEL', logLevelProblem, (value) => value.toLowerCase() as LogLevel) ?? 'info',
    host: read('DELTAWIRE_HOST', hostProblem, same),
    port: read('DELTAWIRE_PORT', portProblem, Number),
    baseUrl: read('DELTAWIRE_BASE_URL', baseUrlProblem, (value) => value.replace(/(?<!\/)\/+$/, '')),
    admin: read('DELTAWIRE_ADMIN', adminProblem, parseAdmin),
    behindProxy: read('DELTAWIRE_BEHIND_PROXY', switchProblem, (value) => SWITCHES[value.toLowerCase()] === true),
    faults,
  };
}
