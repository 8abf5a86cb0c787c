/** The schema of auth.db, step by step. A released step never changes: what follows is a new step. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    private_jwk TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
  ) STRICT;

  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT,
    email_key TEXT UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT,
    is_admin INTEGER NOT NULL,
    suspended_at INTEGER,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX accounts_admins ON accounts (id) WHERE is_admin = 1;
  CREATE INDEX accounts_suspended ON accounts (id) WHERE suspended_at IS NOT NULL;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES accounts (id),
    current_hash TEXT NOT NULL,
    previous_hash TEXT,
    step_salt TEXT,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    access_until INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);
  CREATE INDEX sessions_by_end ON sessions (expires_at);

  CREATE TABLE revocations (session_id TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;

  CREATE TABLE invites (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    revoked_at INTEGER
  ) STRICT;
  CREATE TABLE redemptions (
    invite_id TEXT NOT NULL REFERENCES invites (id),
    user_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (invite_id, user_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE registration_tickets (
    code_hash TEXT PRIMARY KEY,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE first_start (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    token_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE feed (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT,
    username TEXT
  ) STRICT;
  `,
  `
  ALTER TABLE accounts ADD COLUMN deleted_at INTEGER;
  ALTER TABLE accounts ADD COLUMN last_seen_at INTEGER;
  UPDATE accounts SET last_seen_at = (SELECT max(last_seen_at) FROM sessions WHERE user_id = accounts.id);

  ALTER TABLE feed ADD COLUMN is_admin INTEGER;
  ALTER TABLE feed ADD COLUMN messages TEXT;
  CREATE INDEX feed_names ON feed (user_id) WHERE username IS NOT NULL;
  INSERT INTO feed (at, kind, user_id, is_admin)
    SELECT created_at, 'admin_changed', id, 1 FROM accounts WHERE is_admin = 1 ORDER BY id;

  CREATE TABLE password_resets (
    user_id TEXT PRIMARY KEY REFERENCES accounts (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_by TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    actor_id TEXT,
    target_id TEXT,
    reason TEXT NOT NULL,
    changes TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_actor ON audit (actor_id, id);
  CREATE INDEX audit_by_action ON audit (action, id);
  CREATE INDEX audit_by_target ON audit (target_id, id);
  CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  `,
];
