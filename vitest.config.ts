import { defineConfig } from 'vitest/config';

/** Chromium, child processes, real waiting and soaks: the slow lane. */
const SLOW = 'tests/**/*.slow.test.{ts,tsx}';
/** Rooms of values in, values out; `npm test` prints how much of them their tests reach. */
const ROOMS = '{model,reasons,text,zh,divisions,feed,clean,region,story,publish,sources,pipeline}';
const PURE = [`tests/${ROOMS}/**/*.test.{ts,tsx}`, 'tests/eval/*.test.ts', 'tests/rooms.test.ts'];

// In the fast lane a process goes from file to file, so that it loads each module once: half the processor time.
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, exclude: [SLOW], pool: 'threads', isolate: false } },
      {
        extends: true,
        test: {
          name: 'live',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [SLOW, ...PURE],
          pool: 'forks',
          isolate: false,
        },
      },
      // On a loaded machine a browser or a daemon takes several times as long; what hangs is found all the same.
      { extends: true, test: { name: 'slow', include: [SLOW], pool: 'forks', testTimeout: 120_000 } },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: [`src/${ROOMS}/**/*.ts`],
      reporter: ['text-summary'],
      thresholds: { lines: 94 },
    },
  },
});
