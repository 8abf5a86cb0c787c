/**
 * A server that restarts when its code changes. Node's own --watch would do, but it also talks to worker threads over
 * the channel that the log's writer uses.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { inRoot, repositoryNode } from './repository.mjs';

const PACKAGES = ['protocol', 'edge', 'auth', 'chat', 'server', 'cli'];
const PAUSE_MS = 150;

export class RestartingServer {
  #args;
  #env;
  #child = null;
  #timer = null;
  #isEnding = false;
  #watchers;

  constructor(args, env) {
    this.#args = args;
    this.#env = env;
    const changed = () => this.#restartSoon();
    this.#watchers = PACKAGES.map((name) => watch(inRoot('packages', name, 'src'), { recursive: true }, changed));
    this.#start();
  }

  /** Ends the server, and the watching with it. Resolves when it is gone. */
  async end() {
    this.#isEnding = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
    await this.#stop();
  }

  #start() {
    const stdio = ['ignore', 'inherit', 'inherit'];
    this.#child = spawn(repositoryNode(), this.#args, { cwd: inRoot(), env: this.#env, stdio, detached: true });
    this.#child.once('error', (error) => console.error(error.message));
    this.#child.once('exit', (code) => {
      this.#child = null;
      if (!this.#isEnding && code !== 0) console.error('The server ended. It starts again when its code changes.');
    });
  }

  #stop() {
    const child = this.#child;
    if (child === null) return Promise.resolve();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  }

  /** An editor saves several files, and some write one file in several steps. */
  #restartSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      await this.#stop();
      if (this.#isEnding) return;
      console.log('The server restarts.');
      this.#start();
    }, PAUSE_MS);
  }
}
