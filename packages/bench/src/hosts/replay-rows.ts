/**
 * Reference: a bare `ws` server that answers each Resume by reading the rows of one channel and writing them as
 * dispatches, once per client, with one write for all of them. Arguments: database, channel.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { WebSocketServer } from 'ws';
import { answerParent, ready } from '../process/parent-link.ts';

interface Row {
  readonly position: number;
  readonly type: string;
  readonly body: string;
}

const [, , file = '', channelId = ''] = process.argv;
const db = new DatabaseSync(file, { readOnly: true });
const rows = db.prepare(`SELECT events.position AS position, type, body
  FROM (SELECT position FROM scope_positions WHERE scope = ? AND position > ? ORDER BY position) AS entry
  CROSS JOIN events ON events.position = entry.position`);
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });
sockets.on('connection', (ws, { socket }) => {
  ws.on('message', (data) => {
    const { seq } = (JSON.parse((data as Buffer).toString('utf8')) as { d: { seq: number } }).d;
    let last = seq;
    socket.cork();
    for (const { position, type, body } of rows.all(`channel:${channelId}`, seq) as unknown as Row[]) {
      ws.send(`{"op":0,"t":"${type}","s":${position},"d":${body}}`);
      last = position;
    }
    ws.send(`{"op":0,"t":"RESUMED","s":${last},"d":{}}`);
    socket.uncork();
  });
});
answerParent({});
server.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
