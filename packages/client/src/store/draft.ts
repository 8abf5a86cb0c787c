import type { Id } from '@snug/protocol';
import type { State } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Slices that map an id to something. */
export type MapKey = {
  [K in keyof State]: State[K] extends ReadonlyMap<Id, unknown> ? K : never;
}[keyof State];
type Value<K extends MapKey> = State[K] extends ReadonlyMap<Id, infer V> ? V : never;
/** Slices that map an id to a map. */
export type NestedKey = {
  [K in MapKey]: Value<K> extends ReadonlyMap<Id, unknown> ? K : never;
}[MapKey];
type Inner<K extends NestedKey> = Value<K> extends ReadonlyMap<Id, infer V> ? V : never;

/**
 * The next state while it is made. Each map is copied at its first change, once per batch, and what is not touched keeps
 * its identity (STORE5).
 */
export class Draft {
  readonly #base: State;
  readonly #next: Mutable<State>;
  /** Maps that belong to this draft alone. */
  readonly #own = new Set<object>();

  constructor(base: State) {
    this.#base = base;
    this.#next = { ...base };
  }

  /** What is true now, changes included. */
  get state(): State {
    return this.#next;
  }

  set<K extends keyof State>(key: K, value: State[K]): void {
    this.#next[key] = value;
  }

  put<K extends MapKey>(key: K, id: Id, value: Value<K>): void {
    if (this.#read(key).get(id) === value) return;
    this.#write(key).set(id, value);
  }

  remove(key: MapKey, id: Id): void {
    if (this.#read(key).has(id)) this.#write(key).delete(id);
  }

  putIn<K extends NestedKey>(key: K, outer: Id, id: Id, value: Inner<K>): void {
    const before = (this.#read(key) as ReadonlyMap<Id, ReadonlyMap<Id, unknown>>).get(outer);
    if (before?.get(id) === value) return;
    this.#writeInner(key, outer).set(id, value);
  }

  removeIn(key: NestedKey, outer: Id, id: Id): void {
    const before = (this.#read(key) as ReadonlyMap<Id, ReadonlyMap<Id, unknown>>).get(outer);
    if (before?.has(id)) this.#writeInner(key, outer).delete(id);
  }

  /** The state as it was when nothing changed. */
  finish(): State {
    const keys = Object.keys(this.#next) as (keyof State)[];
    return keys.some((key) => this.#next[key] !== this.#base[key]) ? this.#next : this.#base;
  }

  #read<K extends MapKey>(key: K): ReadonlyMap<Id, Value<K>> {
    return this.#next[key] as unknown as ReadonlyMap<Id, Value<K>>;
  }

  #write<K extends MapKey>(key: K): Map<Id, Value<K>> {
    let map = this.#next[key] as unknown as Map<Id, Value<K>>;
    if (!this.#own.has(map)) {
      map = new Map(map);
      this.#own.add(map);
      this.#next[key] = map as unknown as State[K];
    }
    return map;
  }

  #writeInner(key: NestedKey, outer: Id): Map<Id, unknown> {
    const map = this.#write(key) as unknown as Map<Id, Map<Id, unknown>>;
    let inner = map.get(outer);
    if (inner === undefined || !this.#own.has(inner)) {
      inner = new Map(inner);
      this.#own.add(inner);
      map.set(outer, inner);
    }
    return inner;
  }
}
