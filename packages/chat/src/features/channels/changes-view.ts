/** Fields of a channel that decide who sees it, and what they may do in it. */
interface Rules {
  readonly is_private?: unknown;
  readonly category_id?: unknown;
  readonly permission_overrides?: unknown;
  readonly parent_id?: unknown;
}

/** Whether a change of a channel changes who sees it, or what they may do in it. A thread has its parent's rules. */
export function changesView(body: Rules): boolean {
  if (body.parent_id !== undefined) return false;
  return body.is_private !== undefined || body.category_id !== undefined || body.permission_overrides !== undefined;
}
