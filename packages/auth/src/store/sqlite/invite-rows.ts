/** Everything that lets somebody in: instance invites, registration tickets (E35), the first start. */
import type { Id } from '@snug/protocol';
import type { Admission, NewInvite, Redeemed, RegistrationTicket, StoredInvite } from '../auth-store.ts';
import { StoreRefusal } from '../store-refusal.ts';
import type { AccountRows } from './account-rows.ts';
import type { InstanceRows } from './instance-rows.ts';
import type { Database, Row } from './open-database.ts';

/** `uses` counts all; the list of an invite for a whole town stays readable. */
const SHOWN_REDEMPTIONS = 1000;

export class InviteRows {
  readonly #db: Database;
  readonly #accounts: AccountRows;
  readonly #instance: InstanceRows;

  constructor(db: Database, accounts: AccountRows, instance: InstanceRows) {
    this.#db = db;
    this.#accounts = accounts;
    this.#instance = instance;
  }

  /** What the admission stands on, or the refusal by name. Reads only: `redeem` takes the use. */
  admit(admission: Admission): Redeemed {
    const { configured, invite_hash: hash, at } = admission;
    const mode = this.#instance.registration() ?? configured;
    // The first-start token works whatever the mode: without it a closed instance could never have an owner.
    if (hash !== null && this.#isFirstStart(hash)) return { kind: 'first_start' };
    if (mode === 'closed') throw new StoreRefusal('REGISTRATION_CLOSED');
    if (hash === null) {
      if (mode === 'open') return { kind: 'none' };
      throw new StoreRefusal('INVITE_REQUIRED');
    }
    const invite = this.#db.get(
      `SELECT id FROM invites WHERE token_hash = ? AND uses < max_uses AND revoked_at IS NULL
         AND (expires_at IS NULL OR expires_at > ?)`,
      hash,
      at,
    );
    if (invite !== undefined) return { kind: 'instance_invite', invite_id: invite.id as Id };
    if (this.opensRegistration(hash, at)) return { kind: 'server_invite' };
    throw new StoreRefusal('INVITE_INVALID');
  }

  redeem(redeemed: Redeemed, hash: string | null, userId: Id, at: number): void {
    if (redeemed.kind === 'instance_invite') {
      this.#db.run('UPDATE invites SET uses = uses + 1 WHERE id = ?', redeemed.invite_id);
      this.#db.run('INSERT INTO redemptions (invite_id, user_id, at) VALUES (?, ?, ?)', redeemed.invite_id, userId, at);
    } else if (redeemed.kind === 'server_invite') {
      this.#db.run('UPDATE registration_tickets SET uses = uses + 1 WHERE code_hash = ?', hash);
    }
    // The first-start token went with the insert of its administrator.
  }

  insert(invite: NewInvite): StoredInvite {
    this.#db.run(
      `INSERT INTO invites (id, token_hash, note, max_uses, expires_at, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      invite.id,
      invite.token_hash,
      invite.note,
      invite.max_uses,
      invite.expires_at,
      invite.created_at,
      invite.created_by,
    );
    return this.#toInvite(this.#db.get('SELECT * FROM invites WHERE id = ?', invite.id) as Row);
  }

  list(limit: number): StoredInvite[] {
    return this.#db.all('SELECT * FROM invites ORDER BY id DESC LIMIT ?', limit).map((row) => this.#toInvite(row));
  }

  newestId(): Id | null {
    return (this.#db.get('SELECT max(id) AS id FROM invites')?.id ?? null) as Id | null;
  }

  revoke(inviteId: Id, at: number): boolean {
    return this.#db.run('UPDATE invites SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', at, inviteId) > 0;
  }

  /** Opening again changes the bounds and keeps the uses. */
  openRegistration(ticket: RegistrationTicket): void {
    this.#db.run(
      `INSERT INTO registration_tickets (code_hash, max_uses, expires_at, created_by, created_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (code_hash) DO UPDATE SET max_uses = excluded.max_uses, expires_at = excluded.expires_at`,
      ticket.code_hash,
      ticket.max_uses,
      ticket.expires_at,
      ticket.created_by,
      ticket.created_at,
    );
  }

  closeRegistration(codeHash: string): void {
    this.#db.run('DELETE FROM registration_tickets WHERE code_hash = ?', codeHash);
  }

  opensRegistration(codeHash: string, at: number): boolean {
    const ticket = this.#db.get(
      `SELECT 1 FROM registration_tickets WHERE code_hash = ? AND (max_uses = 0 OR uses < max_uses)
         AND (expires_at IS NULL OR expires_at > ?)`,
      codeHash,
      at,
    );
    return ticket !== undefined;
  }

  setFirstStart(tokenHash: string, at: number): boolean {
    this.#db.run('DELETE FROM first_start');
    if (this.#accounts.hasAdmin()) return false;
    this.#db.run('INSERT INTO first_start (only, token_hash, created_at) VALUES (1, ?, ?)', tokenHash, at);
    return true;
  }

  #isFirstStart(hash: string): boolean {
    const row = this.#db.get('SELECT 1 FROM first_start WHERE token_hash = ?', hash);
    return row !== undefined && !this.#accounts.hasAdmin();
  }

  #toInvite(row: Row): StoredInvite {
    const redeemed = this.#db.all(
      'SELECT user_id FROM redemptions WHERE invite_id = ? ORDER BY at, user_id LIMIT ?',
      row.id as Id,
      SHOWN_REDEMPTIONS,
    );
    return {
      id: row.id as Id,
      note: row.note as string,
      max_uses: Number(row.max_uses),
      uses: Number(row.uses),
      expires_at: row.expires_at as number | null,
      created_at: Number(row.created_at),
      created_by: row.created_by as Id | null,
      redeemed_by: redeemed.map((one) => one.user_id as Id),
      revoked_at: row.revoked_at as number | null,
    };
  }
}
