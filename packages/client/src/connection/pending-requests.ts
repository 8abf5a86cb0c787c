import type { Problem } from '@snug/protocol';
import type { Answer } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';

const TIMEOUT = 15_000;

/** As much of op 13 as is read (GW10). */
export interface ResponseBody {
  readonly id: string | number;
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly position?: number;
}

interface Waiting {
  readonly resolve: (answer: Answer<unknown>) => void;
  readonly reject: (error: SnugError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Op 12 requests of one socket that wait for their op 13. */
export class PendingRequests {
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  /** `send` gets the request's id. */
  add(send: (id: number) => void): Promise<Answer<unknown>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new SnugError('TIMEOUT'));
      }, TIMEOUT);
      this.#waiting.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  settle(response: ResponseBody): void {
    const waiting = this.#take(Number(response.id));
    if (waiting === undefined) return;
    if (response.ok) waiting.resolve({ result: response.result ?? null, position: response.position ?? null });
    else waiting.reject(SnugError.fromProblem(response.error, (response.error as Problem | undefined)?.status ?? 0));
  }

  /** The socket is gone: whether these ran is not known. */
  loseAll(): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new SnugError('CONNECTION_LOST'));
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}
