/** `/.well-known/snug`: what a client asks first. */
import { type Discovery, LIMITS, PROTOCOL_VERSION } from '@snug/protocol';
import type { Settings } from '../settings/settings-table.ts';
import { VERSION } from '../version.ts';
import type { App } from './app.ts';

/** What this build can do, by name; a client hides what is missing. */
const FEATURES = ['gateway', 'sync', 'sse', 'dms', 'invites', 'read_states', 'typing', 'presence', 'replies'];

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
      registration: facts.registration(),
      needs_owner: facts.needsOwner(),
      server_creation: settings.server_creation,
      theme: settings.theme,
    };
  });
}
