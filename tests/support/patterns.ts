/** Collects every regular expression of src/: the literals from the files' syntax, the built ones as their modules make them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

export interface Pattern {
  /** Path below src/. */
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

interface Found {
  readonly patterns: readonly Pattern[];
  /** Files that build patterns in functions which loading them does not call, so that nothing of them was seen. */
  readonly unseen: readonly string[];
}

/** Every pattern once. Loads all modules of src/ but the program's start. */
export async function everyPattern(): Promise<Found> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const patterns: Pattern[] = [];
  const building = new Map<string, number>();
  for (const file of files) {
    const { program } = parseSync(file, readFileSync(SRC + file, 'utf8'));
    walk(program, (node) => {
      if (node['type'] === 'Literal' && node['regex'] !== undefined) {
        const { pattern, flags } = node['regex'] as { readonly pattern: string; readonly flags: string };
        patterns.push({ file, source: pattern, flags });
      }
      if (node['type'] === 'NewExpression' && (node['callee'] as { readonly name?: string }).name === 'RegExp')
        building.set(file, (building.get(file) ?? 0) + 1);
    });
  }
  const built = await builtPatterns(files.filter((file) => !STARTS.has(file)));
  const count = (file: string) => built.filter((one) => one.file === file).length;
  const unseen = [...building].filter(([file, places]) => count(file) < places).map(([file]) => file);
  const all = [...patterns, ...built];
  return { patterns: [...new Map(all.map((one) => [`/${one.source}/${one.flags}`, one])).values()], unseen };
}

/** Files that start something when they are loaded, and build no pattern: the program, and a thread of it. */
const STARTS: ReadonlySet<string> = new Set(['main.ts', 'threads/perform.ts', 'daemon/configthread.ts']);

type Node = Readonly<Record<string, unknown>>;

function walk(node: unknown, visit: (node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Node);
  for (const part of Object.values(node)) walk(part, visit);
}

/** What `new RegExp` makes while the modules load; the file is the innermost of src/ that asked. */
async function builtPatterns(files: readonly string[]): Promise<readonly Pattern[]> {
  const built: Pattern[] = [];
  const Own = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Own, {
    construct(target, given, asked) {
      const made = Reflect.construct(target, given, asked === globalThis.RegExp ? target : asked) as RegExp;
      const file = /\/src\/([\w/.-]+?\.tsx?)/.exec(new Error('here').stack ?? '')?.[1];
      if (file !== undefined) built.push({ file, source: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    for (const file of files) await import(SRC + file);
  } finally {
    globalThis.RegExp = Own;
  }
  return built;
}
