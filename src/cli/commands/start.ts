/** `deltawire start`: runs the daemon until SIGTERM or SIGINT. */
import type { Logger } from 'pino';
import { readEnvironment } from '../../config/environment.ts';
import { type Daemon, ROLES, type Role, startDaemon } from '../../daemon/daemon.ts';
import { ZONE } from '../../daemon/firings.ts';
import { ConfigError, StartError } from '../../daemon/starterror.ts';
import { CommandError, type ExitCode, faultyConfig } from '../output/exit.ts';
import { openLog } from '../output/log.ts';
import { VERSION } from '../output/version.ts';

/** A stop that takes longer is cut off; what was running is found stalled by the next start. */
const STOP_MS = 9_500;

export async function runStart(options: {
  readonly config: string;
  readonly role: string;
  readonly behindProxy: boolean;
}): Promise<ExitCode> {
  const roles = readRoles(options.role);
  const { logLevel } = readEnvironment(process.env);
  const log = openLog(logLevel, process.stdout.isTTY);
  const env = options.behindProxy ? { ...process.env, DELTAWIRE_BEHIND_PROXY: '1' } : process.env;
  const daemon = await launch({ configFolder: options.config, env, roles, version: VERSION, log });
  log.info({ roles, address: daemon.address }, 'deltawire runs');
  const signal = await untilSignal();
  log.info({ signal }, 'stopping');
  await stopWithin(daemon, log);
  return 0;
}

function readRoles(role: string): readonly Role[] {
  if (role === 'all') return ROLES;
  const known = ROLES.find((one) => one === role);
  if (known === undefined) throw new CommandError([`--role ${role}: expected all, ${ROLES.join(', ')}`], 2);
  return [known];
}

/** Starts the daemon; what keeps it from starting becomes a CommandError. */
export async function launch(options: Parameters<typeof startDaemon>[0]): Promise<Daemon> {
  // node-cron reckons through the machine's zone: where summer time ends, an hour had no firings.
  process.env['TZ'] = ZONE;
  try {
    return await startDaemon(options);
  } catch (error) {
    if (error instanceof ConfigError) throw faultyConfig(error.faults);
    if (error instanceof StartError) throw new CommandError(error.lines, error.misuse ? 2 : 1);
    throw error;
  }
}

export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    process.once('SIGTERM', done);
    process.once('SIGINT', done);
  });
}

export async function stopWithin(daemon: Daemon, log: Logger): Promise<void> {
  const timer = setTimeout(() => {
    log.error(`not stopped within ${STOP_MS / 1000} s: cut off`);
    process.exit(1);
  }, STOP_MS);
  await daemon.stop();
  clearTimeout(timer);
}
