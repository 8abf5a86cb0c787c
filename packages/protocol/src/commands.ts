/** Every command there is, on one screen. */
import { z } from 'zod';
import { adminCommands } from './admin.ts';
import { auditCommands } from './audit.ts';
import { authCommands } from './auth.ts';
import { categoryCommands } from './categories.ts';
import { channelCommands } from './channels.ts';
import { defineCommand } from './command.ts';
import { conversationCommands } from './conversations.ts';
import { inviteCommands } from './invites.ts';
import { banCommands, memberCommands } from './members.ts';
import { messageCommands } from './messages.ts';
import { notificationCommands } from './notifications.ts';
import { overrideCommands } from './overrides.ts';
import { pinCommands } from './pins.ts';
import { reactionCommands } from './reactions.ts';
import { mentionCommands, readCommands, receiptCommands } from './reads.ts';
import { relationshipCommands } from './relationships.ts';
import { reportCommands } from './reports.ts';
import { roleCommands } from './roles.ts';
import { serverCommands } from './servers.ts';
import { threadCommands } from './threads.ts';
import { userCommands } from './users.ts';

export const sessionCommands = {
  'session.renew': defineCommand({
    method: 'POST',
    path: '/session/renew',
    summary: "Give a live connection a fresh access token before the old one's end (E32)",
    params: z.strictObject({ token: z.string().min(1).max(4096) }),
    result: z.object({ expires_at: z.int().meta({ description: 'ms since 1970' }) }),
    over: 'gateway',
    mission: 'E32',
    refusals: ['TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED'],
  }),
};

/** What chat and delivery answer. */
export const CHAT_COMMANDS = {
  ...userCommands,
  ...serverCommands,
  ...roleCommands,
  ...categoryCommands,
  ...channelCommands,
  ...overrideCommands,
  ...threadCommands,
  ...conversationCommands,
  ...memberCommands,
  ...banCommands,
  ...auditCommands,
  ...inviteCommands,
  ...messageCommands,
  ...reactionCommands,
  ...pinCommands,
  ...mentionCommands,
  ...readCommands,
  ...receiptCommands,
  ...notificationCommands,
  ...relationshipCommands,
  ...reportCommands,
  ...sessionCommands,
};
/** What auth answers. */
export const AUTH_COMMANDS = { ...authCommands, ...adminCommands };

export const COMMANDS = { ...AUTH_COMMANDS, ...CHAT_COMMANDS };

export type CommandName = keyof typeof COMMANDS;
export type ChatCommandName = keyof typeof CHAT_COMMANDS;
export type AuthCommandName = keyof typeof AUTH_COMMANDS;

/** What a caller writes. */
export type CommandInput<N extends CommandName> = z.input<(typeof COMMANDS)[N]['params']>;
/** What a handler reads, after validation. */
export type CommandParams<N extends CommandName> = z.output<(typeof COMMANDS)[N]['params']>;
export type CommandResult<N extends CommandName> = z.output<(typeof COMMANDS)[N]['result']>;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
