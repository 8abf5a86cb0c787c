/** Those who came while the server was theirs to see, or was made: it changes nobody's view of what existed (E4). */
export function joinsExisting(via: string): boolean {
  return via === 'invite' || via === 'public';
}
