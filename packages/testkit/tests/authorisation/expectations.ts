/** The table: every operation that is served, and who gets which answer (PERM14). */

import { ADMIN_EXPECTATIONS } from './admin-expectations.ts';
import type { Expectations } from './answers.ts';
import { AUTH_EXPECTATIONS } from './auth-expectations.ts';
import { BLIND_EXPECTATIONS, MUTE_EXPECTATIONS } from './bounded-expectations.ts';
import { CHANNEL_EXPECTATIONS } from './channel-expectations.ts';
import { CONVERSATION_EXPECTATIONS } from './conversation-expectations.ts';
import { DM_EXPECTATIONS } from './dm-expectations.ts';
import { GROUP_EXPECTATIONS } from './group-expectations.ts';
import { INVITE_EXPECTATIONS } from './invite-expectations.ts';
import { MEMBER_EXPECTATIONS } from './member-expectations.ts';
import { MESSAGE_EXPECTATIONS } from './message-expectations.ts';
import { PEOPLE_EXPECTATIONS } from './people-expectations.ts';
import { PIN_EXPECTATIONS, REACTION_EXPECTATIONS } from './reaction-expectations.ts';
import { READ_EXPECTATIONS } from './read-expectations.ts';
import { ROLE_EXPECTATIONS } from './role-expectations.ts';
import { SERVER_EXPECTATIONS } from './server-expectations.ts';
import { THREAD_EXPECTATIONS } from './thread-expectations.ts';
import { USER_EXPECTATIONS } from './user-expectations.ts';

const TABLES: readonly Expectations[] = [
  AUTH_EXPECTATIONS,
  ADMIN_EXPECTATIONS,
  USER_EXPECTATIONS,
  PEOPLE_EXPECTATIONS,
  SERVER_EXPECTATIONS,
  ROLE_EXPECTATIONS,
  CHANNEL_EXPECTATIONS,
  DM_EXPECTATIONS,
  GROUP_EXPECTATIONS,
  THREAD_EXPECTATIONS,
  MEMBER_EXPECTATIONS,
  INVITE_EXPECTATIONS,
  MESSAGE_EXPECTATIONS,
  REACTION_EXPECTATIONS,
  PIN_EXPECTATIONS,
  READ_EXPECTATIONS,
  CONVERSATION_EXPECTATIONS,
  BLIND_EXPECTATIONS,
  MUTE_EXPECTATIONS,
];
const names = new Set(TABLES.flatMap((table) => Object.keys(table)));

export const EXPECTATIONS: Expectations = Object.fromEntries(
  [...names].map((name) => [name, TABLES.flatMap((table) => table[name] ?? [])]),
);
