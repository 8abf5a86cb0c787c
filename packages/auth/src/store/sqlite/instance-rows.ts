/** What administrators decided about the instance while it ran: it lasts, and wins over the settings. */
import type { RegistrationMode } from '@snug/protocol';
import type { Database } from './open-database.ts';

const REGISTRATION = 'registration';

export class InstanceRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null while nobody decided. */
  registration(): RegistrationMode | null {
    const row = this.#db.get('SELECT value FROM meta WHERE name = ?', REGISTRATION);
    return (row?.value ?? null) as RegistrationMode | null;
  }

  setRegistration(mode: RegistrationMode | null): void {
    if (mode === null) this.#db.run('DELETE FROM meta WHERE name = ?', REGISTRATION);
    else this.#db.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', REGISTRATION, mode);
  }
}
