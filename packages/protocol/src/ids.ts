/**
 * Ids (E20). A Snug id is a ULID: 26 Crockford base-32 characters for 128 bits,
 *
 *     48 bits ms since 1970 | 10 bits node | 12 bits counter | 58 random bits
 *
 * so ids sort by time, (ms, node, counter) is unique, and the upper 64 bits are also a Discord-style snowflake.
 */
import { z } from 'zod';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID_PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Node numbers are leased; this one is kept for imports, whose ids carry old times. */
export const IMPORT_NODE = 1023;
export const MAX_NODE = 1022;

export const Id = z
  .string()
  .regex(ID_PATTERN, 'must be an id')
  .meta({ id: 'Id', description: 'A ULID made by the server' });
export type Id = string;

export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID_PATTERN.test(value);
}

/** The time in an id, in ms since 1970. For ordering only: shown times are `created_at`. */
export function idTime(id: Id): number {
  let ms = 0;
  for (let i = 0; i < 10; i++) ms = ms * 32 + ALPHABET.indexOf(id[i] as string);
  return ms;
}

/** Node and counter of an id: what orders ids of one millisecond. */
function idTail(id: Id): number {
  let tail = 0;
  for (let i = 10; i < 14; i++) tail = tail * 32 + ALPHABET.indexOf(id[i] as string);
  return tail * 4 + (ALPHABET.indexOf(id[14] as string) >> 3);
}

/** The smallest id of a millisecond: a time as a cursor among ids. */
export function firstIdAt(ms: number): Id {
  return encodeTime(ms) + '0'.repeat(16);
}

function encodeTime(ms: number): string {
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[ms % 32] + text;
    ms = Math.floor(ms / 32);
  }
  return text;
}

/** 80 bits as 16 characters: node (10), counter (12), random (58 bits in 8 bytes, the top 6 bits unused). */
function encodeTail(node: number, counter: number, random: Uint8Array, offset: number): string {
  const high = (node << 12) | counter; // 22 bits
  const r0 = (random[offset] as number) & 0x03; // 58 bits = 2 + 7 * 8
  let text =
    (ALPHABET[(high >> 17) & 31] as string) +
    ALPHABET[(high >> 12) & 31] +
    ALPHABET[(high >> 7) & 31] +
    ALPHABET[(high >> 2) & 31];
  // What is left: 2 bits of `high`, 2 + 56 random bits = 60 bits = 12 characters.
  let bits = ((high & 3) << 2) | r0; // 4 bits
  let count = 4;
  for (let i = 1; i < 8; i++) {
    bits = (bits << 8) | (random[offset + i] as number);
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += ALPHABET[(bits >> count) & 31];
    }
    bits &= (1 << count) - 1;
  }
  return text;
}

/** Ids further ahead of the wall clock than this are refused and never move the clock (E20). */
export const ID_MAX_AHEAD_MS = 5 * 60_000;

export interface IdSource {
  /** Wall clock in ms. */
  now(): number;
  /** Fills the buffer with random bytes. */
  random(buffer: Uint8Array): void;
  node: number;
}

/** Makes ids that only grow, on one node. */
export class IdClock {
  readonly #source: IdSource;
  readonly #pool = new Uint8Array(8 * 512);
  #at = this.#pool.length;
  #ms = 0;
  #counter = 0;
  #last: Id = '';

  constructor(source: IdSource) {
    this.#source = source;
  }

  next(): Id {
    const now = this.#source.now();
    if (now > this.#ms) {
      this.#ms = now;
      this.#counter = 0;
    } else if (++this.#counter > 0xfff) {
      this.#ms += 1;
      this.#counter = 0;
    }
    return this.#encode(this.#ms, this.#counter);
  }

  /** Never fall behind an id that was seen (E20); one that is far ahead of the wall clock is somebody's mistake. */
  observe(id: Id): void {
    // Nearly always one of its own, coming back from the log.
    if (id <= this.#last) return;
    const ms = idTime(id);
    if (ms < this.#ms || ms > this.#source.now() + ID_MAX_AHEAD_MS) return;
    if (ms === this.#ms && idTail(id) <= ((this.#source.node << 12) | this.#counter)) return;
    this.#ms = ms;
    this.#counter = 0xfff;
  }

  /** How far the id clock is ahead of the wall clock, in ms. */
  drift(): number {
    return Math.max(0, this.#ms - this.#source.now());
  }

  #encode(ms: number, counter: number): Id {
    if (this.#at >= this.#pool.length) {
      this.#source.random(this.#pool);
      this.#at = 0;
    }
    const id = encodeTime(ms) + encodeTail(this.#source.node, counter, this.#pool, this.#at);
    this.#at += 8;
    this.#last = id;
    return id;
  }
}

/** Ids for imported history: the caller gives the time, the reserved node keeps them apart (E20). */
export class ImportIds {
  readonly #random: (buffer: Uint8Array) => void;
  #ms = -1;
  #counter = 0;

  constructor(random: (buffer: Uint8Array) => void) {
    this.#random = random;
  }

  /** Ids of one import must be asked for in time order; an earlier time is moved up to the last one. */
  at(ms: number): Id {
    if (ms > this.#ms) {
      this.#ms = ms;
      this.#counter = 0;
    } else if (++this.#counter > 0xfff) {
      this.#ms += 1;
      this.#counter = 0;
    }
    const random = new Uint8Array(8);
    this.#random(random);
    return encodeTime(this.#ms) + encodeTail(IMPORT_NODE, this.#counter, random, 0);
  }
}
