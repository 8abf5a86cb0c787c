const PROBE_MS = 5_000;

export interface HeartbeatOptions {
  readonly send: () => void;
  /** No ack came: the socket is dead, whatever it says (CONN3). */
  readonly onDead: () => void;
  readonly random: () => number;
}

/** Beats, and watches that each beat is answered before the next. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #interval = 0;
  #acked = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** The first beat comes after a random part of the interval (ms): clients of a restarted server spread out. */
  start(interval: number): void {
    this.#interval = interval;
    this.#acked = true;
    this.#plan(interval * this.#options.random());
  }

  acknowledge(): void {
    this.#acked = true;
  }

  /** Asks now, and wants an answer soon: after the device slept, or its network changed. */
  probe(): void {
    if (this.#interval === 0) return;
    this.#acked = false;
    this.#options.send();
    this.#plan(Math.min(PROBE_MS, this.#interval));
  }

  stop(): void {
    this.#interval = 0;
    clearTimeout(this.#timer);
  }

  #beat(): void {
    if (!this.#acked) {
      this.stop();
      this.#options.onDead();
      return;
    }
    this.#acked = false;
    this.#options.send();
    this.#plan(this.#interval);
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#beat(), ms);
  }
}
