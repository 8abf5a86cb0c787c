/** What other features may use of DMs and groups. */
export { deleteGroup, updateGroup } from './change-group.ts';
export { authorityToDepart, departure } from './departure.ts';
export { groupOf, groupPreview, joinByLink, revokeLink } from './group-links.ts';
