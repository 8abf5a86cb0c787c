/** What other features may use of members. */
export { joinsExisting } from './joins-existing.ts';
