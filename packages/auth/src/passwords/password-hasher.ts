/** Hashes and checks passwords, a bounded number at a time: each takes 19 MiB and tens of milliseconds of a core. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { Refusal } from '@snug/protocol';
import { type Argon2Parameters, formatPasswordHash, parsePasswordHash } from './password-hash.ts';

const argon2Async = promisify(argon2);

/** OWASP's first choice for Argon2id: 19 MiB, 2 passes, 1 lane. */
export const PASSWORD_PARAMETERS: Argon2Parameters = { memory: 19_456, passes: 2, parallelism: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** At about 75 ms each on two cores, the last in line waits about 2.5 s. */
const MAX_WAITING = 64;

/** Compared against when there is no such account: the same work, and nothing can match it. */
const NOBODY = formatPasswordHash({
  ...PASSWORD_PARAMETERS,
  salt: Buffer.alloc(SALT_BYTES),
  hash: Buffer.alloc(HASH_BYTES),
});

export interface PasswordHasherOptions {
  /** Told once for each hash that was run. */
  onHash: () => void;
  /** Lower only in tests. */
  parameters?: Argon2Parameters;
  random?: (bytes: number) => Buffer;
}

export class PasswordHasher {
  readonly #parameters: Argon2Parameters;
  readonly #random: (bytes: number) => Buffer;
  readonly #onHash: () => void;
  readonly #lanes = Math.max(1, Math.min(availableParallelism(), 4));
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(options: PasswordHasherOptions) {
    this.#parameters = options.parameters ?? PASSWORD_PARAMETERS;
    this.#random = options.random ?? randomBytes;
    this.#onHash = options.onHash;
  }

  /**
   * @param patient waits however long the line is: for seeding and the command line, never for a request
   * @returns a PHC string
   * @throws Refusal OVERLOADED
   */
  async hash(password: string, patient = false): Promise<string> {
    const salt = this.#random(SALT_BYTES);
    const hash = await this.#run(password, salt, this.#parameters, HASH_BYTES, patient);
    return formatPasswordHash({ ...this.#parameters, salt, hash });
  }

  /**
   * Takes as long for an account that does not exist (`phc` null) as for one that does.
   * @throws Refusal OVERLOADED
   */
  async matches(password: string, phc: string | null): Promise<boolean> {
    const stored = parsePasswordHash(phc ?? NOBODY);
    const hash = await this.#run(password, stored.salt, stored, stored.hash.length, false);
    return timingSafeEqual(hash, stored.hash) && phc !== null;
  }

  /** Whether the hash was made with other parameters than today's. */
  isOutdated(phc: string): boolean {
    const { memory, passes, parallelism } = parsePasswordHash(phc);
    const now = this.#parameters;
    return memory !== now.memory || passes !== now.passes || parallelism !== now.parallelism;
  }

  async #run(
    password: string,
    nonce: Buffer,
    parameters: Argon2Parameters,
    tagLength: number,
    patient: boolean,
  ): Promise<Buffer> {
    await this.#enter(patient);
    try {
      this.#onHash();
      const { memory, passes, parallelism } = parameters;
      // One form of each text: the same password typed on another keyboard must be the same bytes.
      const message = password.normalize('NFKC');
      return await argon2Async('argon2id', { message, nonce, memory, passes, parallelism, tagLength });
    } finally {
      this.#leave();
    }
  }

  async #enter(patient: boolean): Promise<void> {
    if (this.#running < this.#lanes) {
      this.#running += 1;
      return;
    }
    if (!patient && this.#line.length >= MAX_WAITING) throw new Refusal('OVERLOADED', { retry_after: 2 });
    // Whoever leaves hands over the lane, so the count stays as it is.
    await new Promise<void>((resolve) => this.#line.push(resolve));
  }

  #leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
