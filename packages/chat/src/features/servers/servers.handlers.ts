import type { Handlers } from '../../commands/handler.ts';
import { createServer, deleteServer, getServer, listServers } from './servers.commands.ts';
import { discoverServers, transferServer, updateServer } from './update-server.ts';

export const serverHandlers = {
  'server.list': listServers,
  'server.create': createServer,
  'server.get': getServer,
  'server.update': updateServer,
  'server.delete': deleteServer,
  'server.transfer': transferServer,
  'server.discover': discoverServers,
} satisfies Partial<Handlers>;
