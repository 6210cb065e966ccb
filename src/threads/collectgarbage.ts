/** Has V8 collect the garbage of this thread at once, which it would leave until there is more. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8 gives its collector to contexts that are made while the flag is set. */
function openCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}

export const collectGarbage = openCollector();
