/** Whether somebody only reads for now. */
export function isTimedOut(member: { readonly timed_out_until: string | null }, now: number): boolean {
  return member.timed_out_until !== null && Date.parse(member.timed_out_until) > now;
}
