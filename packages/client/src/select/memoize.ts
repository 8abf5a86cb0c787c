/**
 * Remembers what a selector made of a slice for as long as that slice lives. A view that asks again gets the same array,
 * and React's useSyncExternalStore sees that nothing changed.
 */
export function memoize<Slice extends object, Key, Result>(compute: (slice: Slice, key: Key) => Result) {
  const bySlice = new WeakMap<Slice, Map<Key, Result>>();
  return (slice: Slice, key: Key): Result => {
    let results = bySlice.get(slice);
    if (results === undefined) {
      results = new Map();
      bySlice.set(slice, results);
    }
    if (!results.has(key)) results.set(key, compute(slice, key));
    return results.get(key) as Result;
  };
}
