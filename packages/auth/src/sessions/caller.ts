/** Where a request comes from: for the list of sessions, the limits and the log. */
export interface Caller {
  readonly address: string;
  /** At most 200 characters. */
  readonly user_agent: string;
  readonly trace_id: string;
}

export const USER_AGENT_MAX = 200;
