/** Makes a config unchangeable, and small where it came as a copy. */

/** Makes a value and all in it unchangeable. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

/** Makes equal strings of a plain value one: what comes from another thread has a copy of its own for each. */
export function shareStrings<T>(value: T, known = new Map<string, string>()): T {
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(fields)) {
    if (typeof inner !== 'string') shareStrings(inner, known);
    else if (known.has(inner)) fields[key] = known.get(inner);
    else known.set(inner, inner);
  }
  return value;
}
