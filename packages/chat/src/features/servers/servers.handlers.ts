import type { Handlers } from '../../commands/handler.ts';
import { createServer, deleteServer, getServer, listServers, updateServer } from './servers.commands.ts';

export const serverHandlers = {
  'server.list': listServers,
  'server.create': createServer,
  'server.get': getServer,
  'server.update': updateServer,
  'server.delete': deleteServer,
} satisfies Partial<Handlers>;
