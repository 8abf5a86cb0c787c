/** Rounds of broadcasts: so many messages at once, or so many always under way, until the time is over. */
import { cpuSeconds } from '../process/proc-usage.ts';
import type { RollCall } from './roll-call.ts';
import { StallWatch } from './stall-watch.ts';

/** Somebody who speaks to everybody. */
export interface Broadcaster {
  readonly pid: number;
  readonly members: number;
  say(count: number): void;
  /** Says when everybody has heard one more message. */
  readonly roll: RollCall;
  /** Told that somebody was disconnected: the round cannot end. */
  onFailure: (error: Error) => void;
}

export interface BroadcastUsage {
  /** Of the server. */
  readonly cpuPerDelivery: number;
  readonly deliveriesPerSecond: number;
  /** How much of its core the server used, 0 to 1. */
  readonly busy: number;
}

/**
 * Says `burst` messages at once, waits until everybody heard them all, and again: `count` messages in all.
 * A `burst` of one is one message a turn.
 */
export function sayInBursts(broadcaster: Broadcaster, burst: number, count: number): Promise<BroadcastUsage> {
  return measure(broadcaster, count, (heard) => {
    if (heard % burst === 0 && heard < count) broadcaster.say(Math.min(burst, count - heard));
  });
}

/** Keeps `width` messages under way: each one that everybody heard is followed by the next. */
export function sayContinuously(broadcaster: Broadcaster, width: number, count: number): Promise<BroadcastUsage> {
  return measure(broadcaster, count, (heard) => {
    if (heard === 0) for (let each = 0; each < Math.min(width, count); each++) broadcaster.say(1);
    else if (heard + width <= count) broadcaster.say(1);
  });
}

/** @param pace told how many messages everybody has heard, 0 at the beginning: says what comes next. */
async function measure(
  broadcaster: Broadcaster,
  count: number,
  pace: (heard: number) => void,
): Promise<BroadcastUsage> {
  const cpu = cpuSeconds(broadcaster.pid);
  const began = performance.now();
  let heard = 0;
  const { roll } = broadcaster;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  {
    using _watch = new StallWatch(
      () => roll.total,
      reject,
      () => `${heard} of ${count} were heard by all; ${roll.describe()}`,
    );
    broadcaster.onFailure = reject;
    roll.onAll = () => {
      heard += 1;
      pace(heard);
      if (heard === count) resolve();
    };
    pace(0);
    await promise;
  }
  const seconds = (performance.now() - began) / 1000;
  const used = cpuSeconds(broadcaster.pid) - cpu;
  const deliveries = count * broadcaster.members;
  return { cpuPerDelivery: used / deliveries, deliveriesPerSecond: deliveries / seconds, busy: used / seconds };
}
