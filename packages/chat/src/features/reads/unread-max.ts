/** Counts are exact to 99; 100 says "99+" (READ5). */
export const UNREAD_MAX = 100;
