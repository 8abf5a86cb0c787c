/** A network between client and instance that can be broken at will. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FlakyProxy extends AsyncDisposable {
  readonly url: string;
  /** Connections that were let through. */
  readonly accepted: number;
  /** New connections are refused, and open ones are cut, while this is true. */
  setDown(down: boolean): void;
  /** What the instance answers is thrown away while this is true: it hears, and is not heard. */
  setDeaf(deaf: boolean): void;
  /** Requests to upgrade to a WebSocket are answered with 403 while this is true. */
  setBlocksSockets(blocks: boolean): void;
  /** Ends every open connection at once. */
  cut(): void;
}

interface State {
  down: boolean;
  deaf: boolean;
  blocks: boolean;
  accepted: number;
}

/** @param port of the instance behind it, on 127.0.0.1 */
export async function startFlakyProxy(port: number): Promise<FlakyProxy> {
  const state: State = { down: false, deaf: false, blocks: false, accepted: 0 };
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A cut connection errs at the other end; that is the point.
    socket.on('error', () => socket.destroy());
  };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    keep(client);
    if (state.down) {
      client.destroy();
      return;
    }
    client.once('data', (first: Buffer) => passOn(client, first, port, state, keep));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get accepted() {
      return state.accepted;
    },
    setDown: (down) => {
      state.down = down;
      if (down) cut();
    },
    setDeaf: (deaf) => {
      state.deaf = deaf;
    },
    setBlocksSockets: (blocks) => {
      state.blocks = blocks;
    },
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

function passOn(client: Socket, first: Buffer, port: number, state: State, keep: (socket: Socket) => void): void {
  if (state.blocks && /^upgrade: *websocket/im.test(first.toString('latin1'))) {
    client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    return;
  }
  state.accepted++;
  const upstream = connect(port, '127.0.0.1');
  keep(upstream);
  upstream.write(first);
  client.on('data', (chunk) => upstream.write(chunk));
  upstream.on('data', (chunk) => {
    if (!state.deaf) client.write(chunk);
  });
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => client.destroy());
}
