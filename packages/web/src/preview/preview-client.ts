import { type SnugClient, SnugError } from '@snug/client';
import type { Discovery } from '@snug/protocol';
import type { Scene } from './scenes.ts';

const DISCOVERY: Discovery = {
  name: 'Snug',
  version: '0.0.0',
  protocol: 1,
  roles: {},
  features: [],
  limits: {},
  rates: {},
  registration: 'invite',
  needs_owner: false,
  server_creation: 'everyone',
  theme: 'snug',
};

/** A client that stands still: it shows one state, and says of everything asked of it that there is no server. */
export function previewClient(scene: Scene): SnugClient {
  const absent = (): Promise<never> => Promise.reject(new SnugError('NETWORK'));
  const nothing = (): void => undefined;
  const unsubscribe = (): (() => void) => nothing;
  const { connection } = scene.state;
  return {
    session: {
      state: scene.session,
      register: absent,
      login: absent,
      restore: async () => scene.session,
      logout: absent,
      accessToken: absent,
      subscribe: unsubscribe,
    },
    connection: {
      ...connection,
      cursor: scene.state.cursor,
      start: nothing,
      stop: nothing,
      retryNow: nothing,
      subscribe: unsubscribe,
      setPresence: nothing,
      setActiveChannel: nothing,
      requestMembers: nothing,
    },
    outbox: {
      send: () => {
        throw new SnugError('NETWORK');
      },
      retry: nothing,
      discard: nothing,
    },
    store: { getState: () => scene.state, subscribe: unsubscribe },
    call: absent,
    request: absent,
    perform: absent,
    discovery: async () => DISCOVERY,
    on: unsubscribe,
    loadMessages: absent,
    setFollowing: nothing,
    editMessage: absent,
    deleteMessage: absent,
    ack: nothing,
    flushAcks: async () => undefined,
    markUnread: absent,
    typing: nothing,
    typingStopped: nothing,
    markAllRead: absent,
    setReaction: absent,
    openChannel: absent,
    loadReceipts: absent,
    learnUsers: nothing,
    findUser: absent,
    close: nothing,
  };
}
