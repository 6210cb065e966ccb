/** Works something out once for each object, and keeps it for as long as the object lives. */

/** `work` gives the same whenever it is asked of the same object, and never undefined. */
export function onceForEach<K extends object, V extends object | string>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    const kept = known.get(of);
    if (kept !== undefined) return kept;
    const made = work(of);
    known.set(of, made);
    return made;
  };
}
