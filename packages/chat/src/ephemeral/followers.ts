/** Who follows whose presence, by the lists that they show: the people near them, and stretches of member lists (E30). */
import { type Id, LIMITS } from '@snug/protocol';
import type { Reader } from '../delivery/reader.ts';

/** Member lists of this many servers at once; of the one shown longest ago nothing more is heard. */
const MAX_LISTS = 20;

/** A list's name: a server's id, or this. */
export const NEAR = '@near';

export class Followers {
  readonly #followers = new Map<Id, Set<Reader>>();
  readonly #lists = new Map<Reader, Map<string, Set<Id>>>();

  of(userId: Id): ReadonlySet<Reader> | undefined {
    return this.#followers.get(userId);
  }

  /** These and no others from here on. Answers those who are new in the list. */
  replace(reader: Reader, list: string, userIds: readonly Id[]): Id[] {
    const before = this.#lists.get(reader)?.get(list) ?? new Set<Id>();
    const wanted = new Set(userIds);
    const fresh = userIds.filter((id) => !before.has(id));
    for (const id of [...before]) if (!wanted.has(id)) this.#forget(reader, list, id);
    this.add(reader, list, fresh);
    return fresh;
  }

  /** These too; beyond FOLLOWED_PER_LIST the first of the list make room. */
  add(reader: Reader, list: string, userIds: readonly Id[]): void {
    if (userIds.length === 0) return;
    const people = this.#list(reader, list);
    for (const id of userIds) {
      people.delete(id);
      people.add(id);
      const followers = this.#followers.get(id);
      if (followers === undefined) this.#followers.set(id, new Set([reader]));
      else followers.add(reader);
    }
    const surplus = people.size - LIMITS.FOLLOWED_PER_LIST;
    if (surplus > 0) for (const id of [...people].slice(0, surplus)) this.#forget(reader, list, id);
  }

  shown(reader: Reader, list: string): readonly Id[] {
    return [...(this.#lists.get(reader)?.get(list) ?? [])];
  }

  /** The reader does not show this list any more. */
  dropList(reader: Reader, list: string): void {
    const lists = this.#lists.get(reader);
    for (const id of [...(lists?.get(list) ?? [])]) this.#forget(reader, list, id);
    lists?.delete(list);
  }

  /** Nobody shows this list any more. */
  dropEverywhere(list: string): void {
    for (const [reader, lists] of this.#lists) if (lists.has(list)) this.dropList(reader, list);
  }

  /** This person is not in that list any more, whoever shows it. */
  dropPerson(userId: Id, list: string): void {
    for (const reader of [...(this.#followers.get(userId) ?? [])]) this.#forget(reader, list, userId);
  }

  dropReader(reader: Reader): void {
    for (const list of [...(this.#lists.get(reader)?.keys() ?? [])]) this.dropList(reader, list);
    this.#lists.delete(reader);
  }

  #list(reader: Reader, list: string): Set<Id> {
    let lists = this.#lists.get(reader);
    if (lists === undefined) {
      lists = new Map();
      this.#lists.set(reader, lists);
    }
    const people = lists.get(list) ?? new Set<Id>();
    // Shown last: last in the map.
    lists.delete(list);
    lists.set(list, people);
    const oldest = [...lists.keys()].find((name) => name !== NEAR);
    if (lists.size > MAX_LISTS && oldest !== undefined) this.dropList(reader, oldest);
    return people;
  }

  #forget(reader: Reader, list: string, userId: Id): void {
    const lists = this.#lists.get(reader);
    if (lists?.get(list)?.delete(userId) !== true) return;
    for (const people of lists.values()) if (people.has(userId)) return;
    const followers = this.#followers.get(userId);
    followers?.delete(reader);
    if (followers?.size === 0) this.#followers.delete(userId);
  }
}
