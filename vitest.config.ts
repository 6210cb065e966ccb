import { defineConfig } from 'vitest/config';

/** Chromium, child processes and real waiting: these run in the slow lane. */
const SLOW = 'tests/**/*.slow.test.{ts,tsx}';
/** Rooms of values in, values out: their tests share a process, so that each module is loaded once. */
const PURE = [
  'tests/{model,reasons,text,zh,divisions,feed,clean,region,story,publish,sources,pipeline,eval}/**/*.test.{ts,tsx}',
  'tests/rooms.test.ts',
];
const TIMES = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: PURE,
          exclude: [SLOW],
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          ...TIMES,
        },
      },
      {
        test: {
          name: 'live',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [SLOW, ...PURE],
          pool: 'forks',
          maxWorkers: 2,
          ...TIMES,
        },
      },
      { test: { name: 'slow', include: [SLOW], pool: 'forks', maxWorkers: 2, ...TIMES } },
    ],
  },
});
