import type { Category, EventBody, Id } from '@snug/protocol';
import { defined } from './defined.ts';
import type { FoldContext } from './fold-context.ts';

export function foldCategoryCreate(context: FoldContext, body: Category): void {
  put(context, body);
}

export function foldCategoryUpdate(context: FoldContext, body: EventBody<'CATEGORY_UPDATE'>): void {
  const known = context.draft.state.categories.get(body.server_id)?.find((one) => one.id === body.id);
  if (known !== undefined) put(context, { ...known, ...defined(body) });
}

/** Its channels stay, without a category. */
export function foldCategoryDelete({ draft }: FoldContext, body: EventBody<'CATEGORY_DELETE'>): void {
  const rest = (draft.state.categories.get(body.server_id) ?? []).filter((one) => one.id !== body.id);
  draft.put('categories', body.server_id, rest);
  for (const channel of [...draft.state.channels.values()]) {
    if (channel.category_id === body.id) draft.put('channels', channel.id, { ...channel, category_id: null });
  }
}

export function takeCategories({ draft }: FoldContext, serverId: Id, categories: readonly Category[]): void {
  draft.put('categories', serverId, categories.toSorted(byPlace));
}

function put({ draft }: FoldContext, category: Category): void {
  const { server_id: serverId } = category;
  if (!draft.state.servers.has(serverId)) return;
  const others = (draft.state.categories.get(serverId) ?? []).filter((one) => one.id !== category.id);
  draft.put('categories', serverId, [...others, category].sort(byPlace));
}

function byPlace(a: Category, b: Category): number {
  return a.position - b.position || (a.id < b.id ? -1 : 1);
}
