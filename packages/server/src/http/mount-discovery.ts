/** `/.well-known/snug`: what a client asks first. */
import { AUTH_RATES, CHAT_RATES, type Discovery, LIMITS, PROTOCOL_VERSION } from '@snug/protocol';
import type { Settings } from '../settings/settings-table.ts';
import { VERSION } from '../version.ts';
import type { App } from './app.ts';

/** What this build can do, by name; a client hides what is missing. */
const FEATURES = [
  'gateway',
  'sync',
  'sse',
  'dms',
  'groups',
  'threads',
  'invites',
  'roles',
  'categories',
  'moderation',
  'audit',
  'discovery',
  'read_states',
  'receipts',
  'mentions',
  'notifications',
  'typing',
  'presence',
  'replies',
  'reactions',
  'pins',
  'friends',
  'blocks',
  'reports',
  'administration',
];

export function mountDiscovery(
  app: App,
  settings: Settings,
  facts: { publicUrl: () => string; needsOwner: () => boolean; registration: () => Discovery['registration'] },
): void {
  app.get('/.well-known/snug', async (_request, reply): Promise<Discovery> => {
    const url = facts.publicUrl();
    void reply.header('cache-control', 'no-cache');
    return {
      name: settings.name,
      version: VERSION,
      protocol: PROTOCOL_VERSION,
      roles: { auth: url, chat: url, delivery: url },
      features: FEATURES,
      limits: { ...LIMITS },
      rates: { ...CHAT_RATES, ...AUTH_RATES },
      registration: facts.registration(),
      needs_owner: facts.needsOwner(),
      server_creation: settings.server_creation,
      theme: settings.theme,
    };
  });
}
