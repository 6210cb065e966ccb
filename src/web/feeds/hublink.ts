/** Says which WebSub hub feeds name as theirs. */
import type { Settings } from '../../model/config.ts';

/** The hub that feeds under `baseUrl` name; null where they name none. `baseUrl`: without a slash at the end. */
export function hubOf({ push }: Pick<Settings, 'push'>, baseUrl: string): string | null {
  if (push.hub === 'none') return null;
  return push.hub === 'own' ? ownHub(baseUrl) : push.hub;
}

/** This server's own hub. */
export function ownHub(baseUrl: string): string {
  return `${baseUrl}/hub`;
}
