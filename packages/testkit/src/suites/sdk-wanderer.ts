/** A client of the SDK that goes its way while others act: it looks around, loses its connection, and comes back. */
import { createClient, type SnugClient, SnugError, type SocketConstructor } from '@snug/client';
import { PASSWORD } from '../people.ts';

/** A network that lets no WebSocket through: the SDK goes on with long poll. */
class NoSocket {
  onopen: unknown = null;
  onmessage: unknown = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: unknown = null;
  readyState = 3;

  constructor() {
    queueMicrotask(() => this.onclose?.({ code: 1006 }));
  }

  send(): void {}
  close(): void {}
}

export type Way = 'websocket' | 'sync';

export interface Wanderer {
  readonly userId: string;
  readonly way: Way;
  readonly client: SnugClient;
  /** What the client could not explain to anybody. */
  readonly errors: unknown[];
}

export async function openWanderer(url: string, username: string, way: Way): Promise<Wanderer> {
  const errors: unknown[] = [];
  const socket = way === 'sync' ? { WebSocket: NoSocket as unknown as SocketConstructor } : {};
  const client = createClient({ url, locks: null, onError: (error) => errors.push(error), ...socket });
  const { id } = await client.session.login({ login: username, password: PASSWORD });
  client.connection.start();
  await until(() => client.store.getState().ready, `${username} to be ready`);
  return { userId: id, way, client, errors };
}

/** Lives until it is told that it is over: losing the connection, coming back, reading here and there. */
export async function wander({ client }: Wanderer, random: () => number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const doing = random();
    if (doing < 0.2) {
      client.connection.stop();
      await pause(random() * 60);
      client.connection.start();
    } else if (doing < 0.8) {
      await lookAround(client, random);
    }
    await pause(random() * 30);
  }
  client.connection.start();
}

async function lookAround(client: SnugClient, random: () => number): Promise<void> {
  const state = client.store.getState();
  const channels = [...state.channels.keys()];
  const channelId = channels[Math.floor(random() * channels.length)];
  if (channelId === undefined) return;
  const ids = state.windows.get(channelId)?.ids ?? [];
  const one = ids[Math.floor(random() * ids.length)];
  try {
    const doing = random();
    if (doing < 0.4) await client.loadMessages(channelId, 'latest');
    else if (doing < 0.6) await client.loadMessages(channelId, random() < 0.5 ? 'before' : 'after');
    else if (doing < 0.7 && one !== undefined) await client.loadMessages(channelId, { around: one });
    else if (doing < 0.8 && one !== undefined) client.ack(channelId, one);
    else if (doing < 0.9 && one !== undefined) await client.setReaction(channelId, one, '🎉', random() < 0.6);
    else if (state.channels.get(channelId)?.recipient_ids !== undefined) await client.loadReceipts(channelId);
  } catch (error) {
    // Offline, or gone meanwhile: as for anybody.
    if (!(error instanceof SnugError)) throw error;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(isSo: () => boolean, what: string, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await pause(10);
  }
}
