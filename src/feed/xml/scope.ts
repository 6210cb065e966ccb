/** Resolves prefixed names by the namespace declarations around them (Namespaces in XML 1.0). */
import { namespaceOf, usualNamespace } from './vocabulary.ts';
import type { Attributes } from './xml.ts';

export interface ResolvedName {
  /** '' for RSS and for no namespace; null for a namespace that says nothing to us. */
  readonly key: string | null;
  /** Lower case: CDF and careless writers use capitals. */
  readonly local: string;
}

export interface Scope {
  readonly prefixes: ReadonlyMap<string, string | null>;
  readonly names: Map<string, ResolvedName>;
  readonly root: boolean;
}

const MAX_CACHED_NAMES = 500;

export function rootScope(): Scope {
  return { prefixes: new Map(), names: new Map(), root: true };
}

/** The scope inside an element with these attributes. */
export function nestScope(scope: Scope, attributes: Attributes): Scope {
  let prefixes: Map<string, string | null> | null = null;
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) continue;
    if (name !== 'xmlns' && name.charAt(5) !== ':') continue;
    prefixes ??= new Map(scope.prefixes);
    const uri = attributes[name] ?? '';
    const key = namespaceOf(uri);
    // A root in a namespace of its own making is still the feed; further in, it is something else.
    if (name === 'xmlns') prefixes.set('', key ?? (scope.root || uri.trim() === '' ? '' : null));
    else prefixes.set(name.slice(6), key);
  }
  if (prefixes !== null) return { prefixes, names: new Map(), root: false };
  return scope;
}

/** The xmlns attribute that a prefixed SVG or MathML element needs once its prefix is gone. */
export function foreignNamespace(key: string | null): Attributes {
  if (key === 'svg') return { xmlns: 'http://www.w3.org/2000/svg' };
  return key === 'math' ? { xmlns: 'http://www.w3.org/1998/Math/MathML' } : {};
}

/** Namespace key and local name of a tag name as written. */
export function resolveName(scope: Scope, name: string): ResolvedName {
  const held = scope.names.get(name);
  if (held !== undefined) return held;
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1).toLowerCase();
  const declared = scope.prefixes.get(prefix);
  const key = declared === undefined ? (prefix === '' ? '' : usualNamespace(prefix)) : declared;
  const resolved = { key, local };
  if (scope.names.size < MAX_CACHED_NAMES) scope.names.set(name, resolved);
  return resolved;
}
