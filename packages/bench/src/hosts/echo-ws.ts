/** Reference: a bare `ws` server that parses each message and answers it as JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { answerParent, ready } from '../process/parent-link.ts';
import { collect } from './collect.ts';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });
sockets.on('connection', (ws) => {
  ws.on('message', (data) => ws.send(JSON.stringify(JSON.parse((data as Buffer).toString('utf8')))));
});
answerParent({ collect });
server.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
