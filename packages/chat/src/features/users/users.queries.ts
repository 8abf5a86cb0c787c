/** What other parts may use of users. */
export { profileEvents, profileGuard } from './users.commands.ts';
