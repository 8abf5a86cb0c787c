/** Erasure as prepared statements: finds the stored events that hold the words, and writes them back blank (E25). */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessageFate } from '@snug/protocol';
import { blank, type Erasure, erasableOf } from '../erase.ts';
import { PERSONAL_TYPES, PLACE_TYPES, REPORT_TYPES } from './schema.ts';

interface ErasableRow {
  readonly position: number;
  readonly type: string;
  readonly body: string;
}

const list = (types: readonly string[]): string => types.map((type) => `'${type}'`).join(', ');
const rows = (where: string): string => `SELECT position, type, body FROM events WHERE ${where}`;

export class ErasureStatements {
  readonly #ofMessage: StatementSync;
  readonly #ofPerson: StatementSync;
  readonly #ofPlaces: StatementSync;
  readonly #ofReporter: StatementSync;
  readonly #ofReported: StatementSync;
  readonly #blank: StatementSync;

  constructor(db: DatabaseSync) {
    this.#ofMessage = db.prepare(
      `${rows('position = (SELECT position FROM messages WHERE channel_id = ?1 AND id = ?2)')}
       UNION ALL ${rows("subject = ?2 AND type = 'MESSAGE_UPDATE'")}`,
    );
    // Each of these has a partial index of exactly its types.
    this.#ofPerson = db.prepare(rows(`subject = ? AND type IN (${list(PERSONAL_TYPES)})`));
    this.#ofPlaces = db.prepare(
      rows(`subject IN (SELECT id FROM channels WHERE owner_id = ?) AND type IN (${list(PLACE_TYPES)})`),
    );
    this.#ofReporter = db.prepare(rows(`actor = ? AND type IN (${list(REPORT_TYPES)})`));
    this.#ofReported = db.prepare(rows('position IN (SELECT position FROM reports WHERE user_id = ?)'));
    this.#blank = db.prepare('UPDATE events SET body = ? WHERE position = ?');
  }

  run(erasure: Erasure): void {
    switch (erasure.kind) {
      case 'message':
        return this.#message(erasure.channel_id, erasure.id);
      case 'messages':
        for (const [channelId, ids] of Object.entries(erasure.channels))
          for (const id of ids) this.#message(channelId, id);
        return;
      case 'person':
        return this.#person(erasure.user_id, erasure.messages);
    }
  }

  /** What others wrote of somebody is theirs, but for what quotes them. */
  #person(userId: string, messages: MessageFate): void {
    this.#blankAll(this.#ofPerson.all(userId));
    if (messages === 'keep') return;
    this.#blankAll(this.#ofReporter.all(userId), (type) => (type === 'REPORT_CREATE' ? ['reason'] : ['note']));
    if (messages !== 'erase') return;
    this.#blankAll(this.#ofReported.all(userId), () => ['evidence']);
    this.#blankAll(this.#ofPlaces.all(userId), () => ['name', 'topic']);
  }

  #message(channelId: string, id: string): void {
    this.#blankAll(this.#ofMessage.all(channelId, id));
  }

  #blankAll(found: readonly unknown[], fieldsOf: (type: string) => readonly string[] = erasableOf): void {
    for (const row of found as readonly ErasableRow[]) {
      const body = blank(row.type, row.body, fieldsOf(row.type));
      if (body !== null) this.#blank.run(body, row.position);
    }
  }
}
