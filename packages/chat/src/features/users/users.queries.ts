/** What other parts may use of users. */
export { profileEvents } from './users.commands.ts';
