import type { Message, Ready } from '@snug/protocol';
import { applyPage } from '../src/store/apply-page.ts';
import type { Wanted } from '../src/store/ledger.ts';
import { LiveStore } from '../src/store/live-store.ts';
import type { State } from '../src/store/state.ts';
import { ready } from './fixtures.ts';

/** A store that is given one event after the other, and says what it would ask for. */
export class TestStore {
  readonly store: LiveStore;
  position = 100;
  #wanted: Wanted[] = [];

  constructor(snapshot: Ready = ready()) {
    const onError = (error: unknown): never => {
      throw error;
    };
    this.store = new LiveStore({ now: () => Date.now(), onError });
    const onWanted = (wanted: Wanted): void => {
      this.#wanted.push(wanted);
    };
    this.store.setEffects({ onSettled: () => undefined, onDispatches: () => undefined, onWanted });
    this.reset(snapshot);
    this.wanted();
  }

  get state(): State {
    return this.store.getState();
  }

  reset(snapshot: Ready): void {
    this.position++;
    this.store.reset(snapshot, this.position);
  }

  fold(t: string, d: unknown): void {
    this.position++;
    this.store.apply([{ t, d, position: this.position }], this.position);
  }

  /** What does not last. */
  pass(t: string, d: unknown): void {
    this.store.apply([{ t, d, position: null }], this.position);
  }

  /** A page of a channel, as of now: these are its messages. */
  load(...messages: Message[]): void {
    const page = { items: messages.toReversed(), has_more: false, users: [], referenced: [], threads: [] };
    const fetched = { channelId: messages[0]?.channel_id ?? '', kind: 'replace', anchor: null, page } as const;
    this.store.applyAt(this.position, (context) => applyPage(context, fetched));
  }

  /** What was asked for since this was last called. */
  wanted(): Wanted {
    const all = this.#wanted;
    this.#wanted = [];
    return {
      users: new Set(all.flatMap(({ users }) => [...users])),
      references: new Map(all.flatMap(({ references }) => [...references])),
      messages: new Map(all.flatMap(({ messages }) => [...messages])),
      channels: new Set(all.flatMap(({ channels }) => [...channels])),
      recounts: new Set(all.flatMap(({ recounts }) => [...recounts])),
      notifications: new Set(all.flatMap(({ notifications }) => [...notifications])),
      memberLists: new Set(all.flatMap(({ memberLists }) => [...memberLists])),
    };
  }
}
