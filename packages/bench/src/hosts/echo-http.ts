/** Reference: a bare node:http server that parses each body and answers it as JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent, ready } from '../process/parent-link.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.from(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
// Connections rest while the other server has its turn.
server.keepAliveTimeout = 0;
answerParent({});
server.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
