/** What other parts may use of users. */
export { isThere } from './is-there.ts';
export { acquaintance, findUser, profileFor, strangersView } from './known-users.ts';
export { profileEvents, profileGuard } from './users.commands.ts';
