/** Random people who do random things: the material of property tests. Refusals are part of life; failures are not. */
import fc from 'fast-check';
import { conversationDoings, createServer, join, serverDoings, threadDoings } from './life/gathering.ts';
import { type Doing, Memory, type Perform } from './life/memory.ts';
import { categoryDoings, channelDoings, roleDoings } from './life/organising.ts';
import { personal } from './life/people.ts';
import { speaking } from './life/speaking.ts';

export type { Perform } from './life/memory.ts';

/** One thing somebody does. The numbers choose among what there is at that moment. */
export interface Act {
  readonly kind: ActKind;
  readonly who: number;
  readonly a: number;
  readonly b: number;
}

const DOINGS = {
  ...speaking,
  ...channelDoings,
  ...categoryDoings,
  ...roleDoings,
  ...serverDoings,
  ...threadDoings,
  ...conversationDoings,
  ...personal,
} satisfies Record<string, Doing>;
export type ActKind = keyof typeof DOINGS;

/** How often each happens, in proportion; 2 where nothing is said. */
const WEIGHTS: Readonly<Partial<Record<ActKind, number>>> = {
  send: 50,
  reply: 6,
  edit: 8,
  remove: 6,
  ack: 10,
  mark_unread: 3,
  react: 14,
  unreact: 6,
  pin: 4,
  create_channel: 4,
  delete_channel: 1,
  override: 5,
  hide_channel: 4,
  give_role: 5,
  create_server: 1,
  delete_server: 1,
  transfer: 1,
  join: 12,
  start_thread: 6,
  follow: 4,
  archive_thread: 4,
  open_dm: 4,
  create_group: 4,
  group_add: 4,
  block: 1,
};

export const ACT_KINDS = Object.keys(DOINGS) as ActKind[];

const kinds = ACT_KINDS.map((kind) => ({ weight: WEIGHTS[kind] ?? 2, arbitrary: fc.constant(kind) }));

export const anAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(...kinds),
  who: fc.nat(1000),
  a: fc.nat(1000),
  b: fc.nat(1000),
});

export class RandomLife {
  readonly #memory: Memory;

  /** @param people their ids; `who` of an act is an index into them. */
  constructor(people: readonly string[], perform: Perform) {
    this.#memory = new Memory(people, perform);
  }

  /** A first server that everybody is in, so that the acts have something to begin with. */
  async begin(): Promise<void> {
    await createServer(this.#memory, 0);
    for (let who = 1; who < this.#memory.people.length; who++) await join(this.#memory, who, 0);
  }

  async act({ kind, who, a, b }: Act): Promise<void> {
    this.#memory.count += 1;
    await DOINGS[kind](this.#memory, who % this.#memory.people.length, a, b);
  }
}
