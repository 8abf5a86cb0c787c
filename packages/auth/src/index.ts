/** Who you are: accounts, sessions, tokens, invites (design section 3, role `auth`). */
export type { AccountSeed } from './accounts/accounts.ts';
export type { Administration, By } from './admin/administration.ts';
export type { AdministrationView } from './admin/administration-view.ts';
export type { Auth } from './auth.ts';
export type { AuthSettings, SigningAlgorithm } from './auth-settings.ts';
export { type AuthOptions, createAuth } from './create-auth.ts';
export { FEED_TYPE, type FeedPage } from './feed/signed-feed.ts';
export { bearerToken } from './http/bearer-token.ts';
export type { ProfilePort } from './http/handlers.ts';
export { REFRESH_COOKIE } from './http/refresh-cookie.ts';
export type { InviteRequest, RegistrationOpening } from './invites/invites.ts';
export { type AuthReader, openAuthReader } from './open-auth-reader.ts';
export type { Caller } from './sessions/caller.ts';
export type { Grant } from './sessions/sessions.ts';
