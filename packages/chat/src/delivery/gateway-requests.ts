/** Op 12: the requests of one connection, each answered by op 13 (GW10). */
import { CloseCode, Refusal, type Request, validate } from '@snug/protocol';
import { z } from 'zod';
import { Lanes } from '../commands/dispatch.ts';
import type { Actor } from '../commands/handler.ts';
import type { GatewayParts } from '../edge/websocket.ts';
import type { Reader } from './reader.ts';

const RenewParams = z.strictObject({ token: z.string().min(1).max(4096) });

/** What requests need of the connection they come over. */
export interface RequestLink {
  readonly trace: string;
  readonly address: string;
  /** Who asks; null before Identify and Resume. */
  readonly standing: () => { readonly actor: Actor; readonly reader: Reader } | null;
  /** The same person with a fresh token. */
  readonly become: (actor: Actor) => void;
  readonly say: (text: string) => void;
  readonly close: (code: number, reason: string) => void;
}

export class GatewayRequests {
  readonly #parts: GatewayParts;
  readonly #link: RequestLink;
  readonly #lanes = new Lanes();
  /** Requests not answered yet: bounded, so that a client cannot pile them up. */
  #open = 0;

  constructor(parts: GatewayParts, link: RequestLink) {
    this.#parts = parts;
    this.#link = link;
  }

  /** Never throws: what goes wrong is the answer. */
  async answer({ id, command, params = {} }: z.infer<typeof Request>): Promise<void> {
    const key = JSON.stringify(id);
    this.#open += 1;
    try {
      const standing = this.#link.standing();
      if (standing === null) throw new Refusal('NOT_READY');
      const { actor, reader } = standing;
      if (reader.expiresAt <= this.#parts.services.now())
        return this.#link.close(CloseCode.TOKEN_EXPIRED, 'TOKEN_EXPIRED');
      if (this.#open > this.#parts.maxOpenRequests) throw new Refusal('OVERLOADED', { retry_after: 1 });
      if (command === 'session.renew') return await this.#renew(key, params, reader, actor);
      const { json, position } = await this.#parts.dispatch(command, params, actor, this.#lanes);
      this.#link.say(`{"op":13,"d":{"id":${key},"ok":true,"result":${json ?? 'null'},"position":${position}}}`);
    } catch (error) {
      const problem = this.#parts.problemOf(error, this.#link.trace);
      this.#link.say(`{"op":13,"d":{"id":${key},"ok":false,"error":${JSON.stringify(problem)}}}`);
    } finally {
      this.#open -= 1;
    }
  }

  /** A fresh token of the same user and session puts off the end of this connection (E32). */
  async #renew(key: string, params: Record<string, unknown>, reader: Reader, actor: Actor): Promise<void> {
    const { token } = validate(RenewParams, params);
    const renewed = await this.#parts.actorOf(token, this.#link.trace, this.#link.address);
    // Of another session it would outlive that one's sign-out.
    if (renewed.claims.sid !== actor.claims.sid) throw new Refusal('TOKEN_INVALID');
    reader.expiresAt = renewed.claims.exp * 1000;
    this.#link.become(renewed);
    this.#link.say(`{"op":13,"d":{"id":${key},"ok":true,"result":{"expires_at":${reader.expiresAt}}}}`);
  }
}
