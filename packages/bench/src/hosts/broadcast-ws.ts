/**
 * Reference: a bare `ws` server that gives each message it gets to everybody, itself included. With the argument
 * `frame` it frames the message once and writes that buffer to each socket; with `string` it calls `send` on each.
 */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerParent, ready } from '../process/parent-link.ts';

/** Beyond `ws`'s public types: the socket it writes its own frames to. */
type WithSocket = WebSocket & { readonly _socket: Socket };

function textFrame(payload: Buffer): Buffer {
  if (payload.length < 126 || payload.length > 0xffff) throw new Error('a message of 126 to 65535 bytes is expected');
  const header = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([header, payload]);
}

const mode = process.argv[2];
if (mode !== 'frame' && mode !== 'string') throw new Error('say frame or string');
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (ws) => {
  ws.on('message', (data) => {
    if (mode === 'frame') {
      const frame = textFrame(data as Buffer);
      for (const client of sockets.clients) (client as WithSocket)._socket.write(frame);
    } else {
      const text = (data as Buffer).toString('utf8');
      for (const client of sockets.clients) client.send(text);
    }
  });
});
answerParent({});
server.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
