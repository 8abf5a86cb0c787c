/**
 * Who is here (E30): in memory, never in the log. Several devices of a person become one status, the most present
 * wins; invisible looks like offline on every path. Updates go only to those who asked for that person, in batches.
 */
import { type Activity, type Id, Intent, type Presence, type Status } from '@snug/protocol';
import type { FanOut } from '../delivery/fan-out.ts';
import { Frame } from '../delivery/frames.ts';
import type { Reader } from '../delivery/reader.ts';
import type { World } from '../world/world.ts';

export type Device = 'desktop' | 'mobile' | 'web';

interface Here {
  status: Status;
  readonly device: Device;
  activities: readonly Activity[];
}

interface Person {
  readonly devices: Map<Reader, Here>;
  /** What others were last told. */
  told: string;
}

/** Most present first. */
const ORDER: readonly Status[] = ['online', 'dnd', 'idle', 'invisible', 'offline'];
const BATCH_MS = 200;
const MAX_LAST_SEEN = 100_000;

export class Presences {
  readonly #world: World;
  readonly #fanOut: FanOut;
  readonly #now: () => number;
  readonly #people = new Map<Id, Person>();
  readonly #lastSeen = new Map<Id, number>();
  /** Person to the readers who follow them, and the reverse by the list that asked. */
  readonly #followers = new Map<Id, Set<Reader>>();
  readonly #following = new Map<Reader, Map<string, readonly Id[]>>();
  #changed = new Set<Id>();
  #timer: NodeJS.Timeout | null = null;

  constructor(world: World, fanOut: FanOut, now: () => number) {
    this.#world = world;
    this.#fanOut = fanOut;
    this.#now = now;
  }

  arrive(reader: Reader, device: Device, status: Status, activities: readonly Activity[] = []): void {
    let person = this.#people.get(reader.userId);
    if (person === undefined) {
      person = { devices: new Map(), told: '' };
      this.#people.set(reader.userId, person);
    }
    person.devices.set(reader, { status: status === 'offline' ? 'invisible' : status, device, activities });
    this.#touch(reader.userId);
  }

  update(reader: Reader, status: Status, activities: readonly Activity[] | undefined): void {
    const here = this.#people.get(reader.userId)?.devices.get(reader);
    if (here === undefined) return;
    here.status = status === 'offline' ? 'invisible' : status;
    if (activities !== undefined) here.activities = activities;
    this.#touch(reader.userId);
  }

  leave(reader: Reader): void {
    this.#unfollowAll(reader);
    const person = this.#people.get(reader.userId);
    const here = person?.devices.get(reader);
    if (person === undefined || here === undefined) return;
    person.devices.delete(reader);
    if (here.status !== 'invisible') {
      this.#lastSeen.delete(reader.userId);
      this.#lastSeen.set(reader.userId, this.#now());
      if (this.#lastSeen.size > MAX_LAST_SEEN) this.#lastSeen.delete(this.#lastSeen.keys().next().value as Id);
    }
    this.#touch(reader.userId);
  }

  /** This reader now shows exactly these people in this list; a new call with the same list replaces it. */
  follow(reader: Reader, list: string, userIds: readonly Id[]): void {
    let lists = this.#following.get(reader);
    if (lists === undefined) {
      lists = new Map();
      this.#following.set(reader, lists);
    }
    const before = lists.get(list) ?? [];
    lists.set(list, userIds);
    const still = new Set([...lists.values()].flat());
    for (const id of before) if (!still.has(id)) this.#unfollow(reader, id);
    for (const id of userIds) {
      const followers = this.#followers.get(id);
      if (followers === undefined) this.#followers.set(id, new Set([reader]));
      else followers.add(reader);
    }
  }

  /** What others may know of these people. Offline ones are left out unless `all`. */
  of(userIds: readonly Id[], all = false): Presence[] {
    return userIds.map((id) => this.#presence(id)).filter((presence) => all || presence.status !== 'offline');
  }

  isOnline(userId: Id): boolean {
    return this.#status(userId) !== 'offline';
  }

  /** A person's own status, invisible included. */
  ownStatus(userId: Id): Status {
    const person = this.#people.get(userId);
    if (person === undefined || person.devices.size === 0) return 'online';
    return mostPresent([...person.devices.values()].map(({ status }) => status));
  }

  get size(): number {
    return this.#people.size;
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #status(userId: Id): Status {
    const person = this.#people.get(userId);
    if (person === undefined || person.devices.size === 0) return 'offline';
    const status = mostPresent([...person.devices.values()].map((here) => here.status));
    return status === 'invisible' ? 'offline' : status;
  }

  #presence(userId: Id): Presence {
    const status = this.#status(userId);
    const seen = this.#lastSeen.get(userId);
    const visible =
      status === 'offline'
        ? []
        : [...(this.#people.get(userId)?.devices.values() ?? [])].filter((here) => here.status !== 'invisible');
    const byDevice = Map.groupBy(visible, (here) => here.device);
    return {
      user_id: userId,
      status,
      custom_status: this.#world.users.get(userId)?.user.custom_status ?? '',
      activities: visible.flatMap((here) => here.activities).slice(0, 5),
      client_info: Object.fromEntries(
        [...byDevice].map(([device, all]) => [device, mostPresent(all.map((here) => here.status))]),
      ),
      last_seen_at: status === 'offline' && seen !== undefined ? new Date(seen).toISOString() : null,
    };
  }

  #touch(userId: Id): void {
    this.#changed.add(userId);
    this.#timer ??= setTimeout(() => this.#tell(), BATCH_MS).unref();
  }

  #tell(): void {
    this.#timer = null;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const userId of changed) {
      const person = this.#people.get(userId);
      const followers = this.#followers.get(userId);
      const { last_seen_at: _, ...visible } = this.#presence(userId);
      const told = JSON.stringify(visible);
      const isNews = person !== undefined && person.told !== told;
      if (person !== undefined) person.told = told;
      if (person?.devices.size === 0) this.#people.delete(userId);
      if (!isNews || followers === undefined) continue;
      this.#fanOut.toAll(new Frame('PRESENCE_UPDATE', null, Intent.PRESENCE, JSON.stringify(this.#presence(userId))), [
        [...followers],
      ]);
    }
    this.#fanOut.run();
  }

  #unfollow(reader: Reader, userId: Id): void {
    const followers = this.#followers.get(userId);
    followers?.delete(reader);
    if (followers?.size === 0) this.#followers.delete(userId);
  }

  #unfollowAll(reader: Reader): void {
    for (const ids of this.#following.get(reader)?.values() ?? []) for (const id of ids) this.#unfollow(reader, id);
    this.#following.delete(reader);
  }
}

function mostPresent(statuses: readonly Status[]): Status {
  return ORDER.find((status) => statuses.includes(status)) ?? 'offline';
}
