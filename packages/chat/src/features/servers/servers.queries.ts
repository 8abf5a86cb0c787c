/** What other features may use of servers. */
export { foundServer, newChannel } from './servers.commands.ts';
