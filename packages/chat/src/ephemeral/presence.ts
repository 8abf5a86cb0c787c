/**
 * Who is here (E30): in memory, never in the log. Several devices of a person become one status, the most present
 * wins; invisible looks like offline on every path. Updates go only to those who follow that person, in batches.
 */
import { type Activity, type Id, Intent, type Presence, type Status } from '@snug/protocol';
import type { FanOut } from '../delivery/fan-out.ts';
import { Frame } from '../delivery/frames.ts';
import type { Reader } from '../delivery/reader.ts';
import type { LogEvent } from '../log/envelope.ts';
import { scopeId } from '../log/envelope.ts';
import type { World } from '../world/world.ts';
import { Followers, NEAR } from './followers.ts';
import { nearPeople } from './near-people.ts';
import { Recent } from './recent.ts';

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
const MAX_ACTIVITIES = 5;
/** Somebody of whom nothing was told is offline: coming invisibly is no news. */
const OFFLINE = JSON.stringify({ status: 'offline', activities: [], client_info: {} });

export class Presences {
  readonly #world: World;
  readonly #fanOut: FanOut;
  readonly #now: () => number;
  readonly #people = new Map<Id, Person>();
  readonly #followers = new Followers();
  /** When somebody was last seen by others. */
  readonly #lastSeen = new Recent<number>();
  /** When others were last told something new of somebody, since this process began. */
  readonly #toldAt = new Recent<number>();
  /** Since when an auth session hears nothing. */
  readonly #awaySince = new Recent<number>();
  /** What an auth session last said of itself. */
  readonly #chosen = new Recent<Status>();
  readonly #listeners: ((devices: Iterable<Reader>) => void)[] = [];
  #changed = new Set<Id>();
  #timer: NodeJS.Timeout | null = null;

  constructor(world: World, fanOut: FanOut, now: () => number) {
    this.#world = world;
    this.#fanOut = fanOut;
    this.#now = now;
  }

  /** Told of all devices of whoever changed one, in the same turn. */
  onChange(listener: (devices: Iterable<Reader>) => void): void {
    this.#listeners.push(listener);
  }

  /** Without a status it is the one this session chose last: whoever hid must not show for coming back. */
  arrive(reader: Reader, device: Device, status?: Status, activities: readonly Activity[] = []): void {
    const chosen = status === undefined ? (this.#chosen.of(reader.authSessionId) ?? 'online') : status;
    this.#change(reader.userId, (person) => {
      person.devices.set(reader, { status: this.#choose(reader, chosen), device, activities });
    });
  }

  update(reader: Reader, status: Status, activities: readonly Activity[] | undefined): void {
    const here = this.#people.get(reader.userId)?.devices.get(reader);
    if (here === undefined) return;
    this.#change(reader.userId, () => {
      here.status = this.#choose(reader, status);
      if (activities !== undefined) here.activities = activities;
    });
  }

  leave(reader: Reader): void {
    this.away(reader);
    this.#followers.dropReader(reader);
    if (this.#people.get(reader.userId)?.devices.has(reader) !== true) return;
    this.#change(reader.userId, (person) => person.devices.delete(reader));
  }

  /** The reader hears nothing from here on; what changes meanwhile it is told when it comes back. */
  away(reader: Reader): void {
    const { authSessionId } = reader;
    if (this.#awaySince.of(authSessionId) === undefined) this.#awaySince.note(authSessionId, this.#now());
  }

  /** A reader that begins anew: the people near it are in its snapshot, as they were at `since`. */
  begin(reader: Reader, since: number): void {
    this.#awaySince.forget(reader.authSessionId);
    this.#followers.replace(reader, NEAR, nearPeople(this.#world, reader.userId));
    this.#tellOf(reader, this.#toldSince(reader, since));
  }

  /** A reader that goes on: it is told what it missed of the people near it. */
  goOn(reader: Reader): void {
    const since = this.#awaySince.of(reader.authSessionId);
    this.#awaySince.forget(reader.authSessionId);
    this.#followers.replace(reader, NEAR, nearPeople(this.#world, reader.userId));
    // Nothing is known of a session from before this process: it is told of everybody.
    const missed = since === undefined ? this.#followers.shown(reader, NEAR) : this.#toldSince(reader, since);
    this.#tellOf(reader, missed);
  }

  /** This reader now shows these members of a server, too. */
  followMembers(reader: Reader, serverId: Id, userIds: readonly Id[]): void {
    this.#followers.add(reader, serverId, userIds);
  }

  /** After the fold of each event: whom one follows changes with the places one shares. */
  heard(event: LogEvent): void {
    switch (event.type) {
      case 'CHANNEL_CREATE':
        for (const id of event.body.recipient_ids ?? []) this.#lookAgain(id);
        return;
      case 'RECIPIENT_ADD':
      case 'RECIPIENT_REMOVE':
        this.#lookAgain(event.body.user_id);
        for (const id of this.#world.channels.get(event.body.channel_id)?.recipients ?? []) this.#lookAgain(id);
        return;
      case 'CHANNEL_DELETE':
        for (const id of this.#world.channels.get(event.body.id)?.recipients ?? []) this.#lookAgain(id);
        return;
      case 'RELATIONSHIP_UPDATE':
        return this.#lookAgain(scopeId(event.scope));
      case 'MEMBER_REMOVE':
        this.#followers.dropPerson(event.body.user_id, event.body.server_id);
        for (const reader of this.#readersOf(event.body.user_id))
          this.#followers.dropList(reader, event.body.server_id);
        return;
      case 'SERVER_DELETE':
        return this.#followers.dropEverywhere(event.body.id);
      default:
    }
  }

  /** What others may know of these people. Offline ones are left out unless `all`. */
  of(userIds: readonly Id[], all = false): Presence[] {
    return userIds.map((id) => this.#presence(id)).filter((presence) => all || presence.status !== 'offline');
  }

  isOnline(userId: Id): boolean {
    return this.#status(userId) !== 'offline';
  }

  /** Whether others may know of this one device. */
  isShown(reader: Reader): boolean {
    const here = this.#people.get(reader.userId)?.devices.get(reader);
    return here !== undefined && here.status !== 'invisible';
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

  /** What others see change: without what lasts, and without when. */
  #visible(userId: Id): Pick<Presence, 'status' | 'activities' | 'client_info'> {
    const devices = [...(this.#people.get(userId)?.devices.values() ?? [])];
    const shown = devices.filter((here) => here.status !== 'invisible');
    const byDevice = Map.groupBy(shown, (here) => here.device);
    return {
      status: this.#status(userId),
      activities: shown.flatMap((here) => here.activities).slice(0, MAX_ACTIVITIES),
      client_info: Object.fromEntries(
        [...byDevice].map(([device, all]) => [device, mostPresent(all.map((here) => here.status))]),
      ),
    };
  }

  #presence(userId: Id): Presence {
    const visible = this.#visible(userId);
    const seen = this.#lastSeen.of(userId);
    return {
      user_id: userId,
      ...visible,
      custom_status: this.#world.users.get(userId)?.user.custom_status ?? '',
      last_seen_at: visible.status === 'offline' && seen !== undefined ? new Date(seen).toISOString() : null,
    };
  }

  #choose(reader: Reader, given: Status): Status {
    const status = given === 'offline' ? 'invisible' : given;
    this.#chosen.note(reader.authSessionId, status);
    return status;
  }

  #change(userId: Id, change: (person: Person) => void): void {
    const wasOnline = this.isOnline(userId);
    let person = this.#people.get(userId);
    if (person === undefined) {
      person = { devices: new Map(), told: OFFLINE };
      this.#people.set(userId, person);
    }
    change(person);
    // Going invisible is going, to everybody else.
    if (wasOnline && !this.isOnline(userId)) this.#lastSeen.note(userId, this.#now());
    this.#changed.add(userId);
    this.#timer ??= setTimeout(() => this.#tell(), BATCH_MS).unref();
    for (const listener of this.#listeners) listener(person.devices.keys());
  }

  #tell(): void {
    this.#timer = null;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const userId of changed) {
      const person = this.#people.get(userId);
      if (person === undefined) continue;
      const told = JSON.stringify(this.#visible(userId));
      const isNews = person.told !== told;
      person.told = told;
      if (person.devices.size === 0) this.#people.delete(userId);
      if (!isNews) continue;
      this.#toldAt.note(userId, this.#now());
      const followers = this.#followers.of(userId);
      if (followers !== undefined) this.#fanOut.toAll(this.#frame(userId), [[...followers]]);
    }
    this.#fanOut.run();
  }

  #frame(userId: Id): Frame {
    return new Frame('PRESENCE_UPDATE', null, Intent.PRESENCE, JSON.stringify(this.#presence(userId)));
  }

  #tellOf(reader: Reader, userIds: readonly Id[]): void {
    if (userIds.length === 0 || (reader.intents & Intent.PRESENCE) === 0) return;
    this.#fanOut.toOne(
      reader,
      userIds.map((id) => this.#frame(id)),
    );
    this.#fanOut.run();
  }

  #toldSince(reader: Reader, since: number): Id[] {
    return this.#followers.shown(reader, NEAR).filter((id) => (this.#toldAt.of(id) ?? -1) >= since);
  }

  #readersOf(userId: Id): Reader[] {
    return [...(this.#people.get(userId)?.devices.keys() ?? [])];
  }

  /** Those who came near are told of, those who went are followed no more. */
  #lookAgain(userId: Id): void {
    const readers = this.#readersOf(userId);
    if (readers.length === 0) return;
    const near = nearPeople(this.#world, userId);
    for (const reader of readers) {
      // Between two polls nothing can be told: with the next one it is, of everybody.
      if (reader.isClosed) this.#awaySince.note(reader.authSessionId, 0);
      const fresh = this.#followers.replace(reader, NEAR, near);
      this.#tellOf(
        reader,
        fresh.filter((id) => this.isOnline(id)),
      );
    }
  }
}

function mostPresent(statuses: readonly Status[]): Status {
  return ORDER.find((status) => statuses.includes(status)) ?? 'offline';
}
