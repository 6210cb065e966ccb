/** `deltawire start`: runs the daemon until SIGTERM or SIGINT. */
import { reason } from '../../reasons/catalogue.ts';
import { readEnvironment } from '../../config/environment.ts';
import { type Daemon, ROLES, type Role, startDaemon } from '../../daemon/daemon.ts';
import { ZONE } from '../../daemon/firings.ts';
import { ConfigError, StartError } from '../../daemon/starterror.ts';
import { CommandError, type ExitCode, faultyConfig, refuse, tellReason } from '../output/exit.ts';
import { openLog } from '../output/log.ts';
import { VERSION } from '../output/version.ts';

/** A stop that takes longer is cut off; what was running is found stalled by the next start. */
const STOP_MS = 9_500;
/** What still holds the process after everything was stopped is left. */
const LINGER_MS = 1_000;

export async function runStart(options: {
  readonly config: string;
  readonly role: string;
  readonly behindProxy: boolean;
}): Promise<ExitCode> {
  const roles = readRoles(options.role);
  const { logLevel } = readEnvironment(process.env);
  const log = openLog(logLevel, process.stdout.isTTY);
  const env = options.behindProxy ? { ...process.env, DELTAWIRE_BEHIND_PROXY: '1' } : process.env;
  const ending = listenForSignals((signal) => log.info({ signal }, 'stopping'));
  const daemon = await launch({
    configFolder: options.config,
    env,
    roles,
    version: VERSION,
    log,
    signal: ending.signal,
  });
  if (daemon === null) return 0;
  log.info({ roles, address: daemon.address }, 'deltawire runs');
  await ending.asked;
  await stopWithin(daemon);
  return 0;
}

/**
 * Listens for SIGTERM and SIGINT, from before anything is opened: the first ends the daemon, within ten seconds whatever
 * hangs; a second one at once. Nothing is left running (see child.ts), and what was in hand is found by the next start.
 */
export function listenForSignals(tell: (signal: NodeJS.Signals) => void): {
  readonly signal: AbortSignal;
  readonly asked: Promise<void>;
} {
  const controller = new AbortController();
  const asked = new Promise<void>((done) => {
    controller.signal.addEventListener('abort', () => done(), { once: true });
  });
  const hear = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(0);
    tell(signal);
    setTimeout(() => process.exit(0), STOP_MS).unref();
    controller.abort();
  };
  process.on('SIGTERM', hear);
  process.on('SIGINT', hear);
  return { signal: controller.signal, asked };
}

function readRoles(role: string): readonly Role[] {
  if (role === 'all') return ROLES;
  const known = ROLES.find((one) => one === role);
  if (known === undefined)
    throw refuse(reason('usage.value', { option: '--role', value: role, expected: ['all', ...ROLES] }), 2);
  return [known];
}

/** Starts the daemon; null where `signal` ended the start. What keeps it from starting becomes a CommandError. */
export async function launch(options: Parameters<typeof startDaemon>[0]): Promise<Daemon | null> {
  // node-cron reckons through the machine's zone: where summer time ends, an hour had no firings.
  process.env['TZ'] = ZONE;
  try {
    return await startDaemon(options);
  } catch (error) {
    if (options.signal?.aborted === true) {
      lingerNot();
      return null;
    }
    if (error instanceof ConfigError) throw faultyConfig(error.faults);
    if (error instanceof StartError) throw new CommandError(error.whys.map(tellReason), error.misuse ? 2 : 1);
    throw error;
  }
}

export async function stopWithin(daemon: Daemon): Promise<void> {
  await daemon.stop();
  lingerNot();
}

function lingerNot(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
