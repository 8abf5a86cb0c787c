/** Everything that lets somebody in: instance invites, registration tickets of server invites (E35), the first start. */
import type { Logger } from '@snug/edge';
import { type Id, type IdClock, type InstanceInvite, Refusal } from '@snug/protocol';
import type { Registration } from '../instance/registration.ts';
import type { Act } from '../store/admin-store.ts';
import type { AuthStore } from '../store/auth-store.ts';
import { tokenHash } from '../tokens/token-hash.ts';
import { listInvites, toInvite } from './list-invites.ts';

export interface InvitesOptions {
  store: AuthStore;
  registration: Registration;
  logger: Logger;
  ids: IdClock;
  now: () => number;
  random: (bytes: number) => Buffer;
}

export interface InviteRequest {
  /** Default 1. */
  max_uses?: number | undefined;
  /** Seconds; default 7 days. */
  max_age?: number | undefined;
  note?: string | undefined;
  /** Null for the command line. */
  created_by: Id | null;
}

/** What lets a stranger in through a server's invite link (E35). */
export interface RegistrationOpening {
  code: string;
  /** 0 is without end. */
  max_uses: number;
  /** ms since 1970. */
  expires_at: number | null;
  created_by: Id;
}

const DEFAULT_MAX_AGE = 7 * 24 * 3600;
const TOKEN_BYTES = 18;
const FIRST_START_BYTES = 32;

export class Invites {
  readonly #options: InvitesOptions;

  constructor(options: InvitesOptions) {
    this.#options = options;
  }

  /** The token is in this answer and never again: only its hash is kept. @throws Refusal NOT_AN_ADMIN */
  async create(request: InviteRequest, traceId?: string): Promise<InstanceInvite> {
    const { store, ids, now, random, logger } = this.#options;
    const token = random(TOKEN_BYTES).toString('base64url');
    const at = now();
    const invite = {
      id: ids.next(),
      token_hash: tokenHash(token),
      note: request.note ?? '',
      max_uses: request.max_uses ?? 1,
      expires_at: at + (request.max_age ?? DEFAULT_MAX_AGE) * 1000,
      created_at: at,
      created_by: request.created_by,
    };
    const stored = await store.addInvite(invite, this.#act(request.created_by, at));
    logger.info(
      { event: 'invite_made', invite_id: stored.id, user_id: stored.created_by, trace_id: traceId },
      'invite_made',
    );
    return { ...toInvite(stored), token };
  }

  /** Newest first. */
  list(): Promise<{ items: InstanceInvite[]; has_more: boolean }> {
    return listInvites((limit) => this.#options.store.invites(limit));
  }

  /**
   * @param userId null for the command line
   * @throws Refusal INVITE_INVALID when there is none, or it was revoked before; NOT_AN_ADMIN
   */
  async revoke(inviteId: Id, userId: Id | null, traceId?: string): Promise<void> {
    const { store, now } = this.#options;
    const revoked = await store.revokeInvite(inviteId, this.#act(userId, now()));
    if (!revoked) throw new Refusal('INVITE_INVALID');
    const fields = { event: 'invite_revoked', invite_id: inviteId, user_id: userId, trace_id: traceId };
    this.#options.logger.info(fields, 'invite_revoked');
  }

  openRegistration(opening: RegistrationOpening): Promise<void> {
    const { code, ...bounds } = opening;
    return this.#options.store.openRegistration({
      code_hash: tokenHash(code),
      ...bounds,
      created_at: this.#options.now(),
    });
  }

  closeRegistration(code: string): Promise<void> {
    return this.#options.store.closeRegistration(tokenHash(code));
  }

  /** Whether somebody could register with that code now. */
  async opensRegistration(code: string): Promise<boolean> {
    if (this.#options.registration.mode === 'closed') return false;
    return this.#options.store.opensRegistration(tokenHash(code), this.#options.now());
  }

  /** A fresh one-time token for the first administrator, in the place of the last one; null when there is one already. */
  async firstStartToken(): Promise<string | null> {
    const token = this.#options.random(FIRST_START_BYTES).toString('base64url');
    const kept = await this.#options.store.setFirstStart(tokenHash(token), this.#options.now());
    return kept ? token : null;
  }

  #act(actor_id: Id | null, at: number): Act {
    return { id: this.#options.ids.next(), at, actor_id, reason: '' };
  }
}
