/** What other parts may use of users. */
export { acquaintance } from './known-users.ts';
export { profileEvents, profileGuard } from './users.commands.ts';
