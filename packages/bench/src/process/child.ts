/** A process of the benchmark: a server, ours or a reference, held to a core and asked questions from here. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from './cpu-pin.ts';
import { type Answer, READY_ID } from './parent-link.ts';

export interface ChildOptions {
  /** Arguments of Node, the script first. */
  readonly command: readonly string[];
  /** What it is held to. */
  readonly core: 'server' | 'every core';
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const KEPT_OUTPUT = 4000;
const STOP_LIMIT_MS = 15_000;

export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  #ids = READY_ID;
  #output = '';

  constructor({ command, core, cwd, env }: ChildOptions) {
    const { file, args } = pinned(core, [process.execPath, ...command]);
    this.#process = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      });
    }
    this.#process.on('message', (answer: Answer) => this.#answered(answer));
    this.#process.on('exit', (code, signal) => this.#fail(`it ended with ${signal ?? code}:\n${this.#output}`));
    this.#process.on('error', (error) => this.#fail(error.message));
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The last it printed, for whoever has to explain a failure. */
  get output(): string {
    return this.#output;
  }

  /** What the host said when it was ready. */
  ready<T>(): Promise<T> {
    return this.#wait<T>(READY_ID);
  }

  ask<T>(name: string, given: unknown = null): Promise<T> {
    const id = ++this.#ids;
    const answer = this.#wait<T>(id);
    this.#process.send({ id, name, given });
    return answer;
  }

  /** Ends it gently, so that profiles are written; by force if it does not go. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.#process, 'exit');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_LIMIT_MS);
    this.#process.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #wait<T>(id: number): Promise<T> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.result as never);
    else waiting?.reject(new Error(answer.error));
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
