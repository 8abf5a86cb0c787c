/** The table: every operation that is served, and who gets which answer (PERM14). */

import { ADMIN_EXPECTATIONS } from './admin-expectations.ts';
import type { Expectations } from './answers.ts';
import { AUTH_EXPECTATIONS } from './auth-expectations.ts';
import { BLIND_EXPECTATIONS, MUTE_EXPECTATIONS } from './bounded-expectations.ts';
import { CHAT_EXPECTATIONS } from './chat-expectations.ts';
import { CONVERSATION_EXPECTATIONS } from './conversation-expectations.ts';

const TABLES: readonly Expectations[] = [
  AUTH_EXPECTATIONS,
  ADMIN_EXPECTATIONS,
  CHAT_EXPECTATIONS,
  CONVERSATION_EXPECTATIONS,
  BLIND_EXPECTATIONS,
  MUTE_EXPECTATIONS,
];
const names = new Set(TABLES.flatMap((table) => Object.keys(table)));

export const EXPECTATIONS: Expectations = Object.fromEntries(
  [...names].map((name) => [name, TABLES.flatMap((table) => table[name] ?? [])]),
);
