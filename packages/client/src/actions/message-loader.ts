import type { CommandInput, Id } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import { applyPage, type FetchedPage } from '../store/apply-page.ts';
import type { LiveStore } from '../store/live-store.ts';
import type { State } from '../store/state.ts';
import { dropWindow, putWindow } from '../store/window.ts';
import type { Caller } from './caller.ts';
import type { MessageRange } from './message-range.ts';

interface Load {
  readonly range: MessageRange;
  readonly promise: Promise<void>;
}

interface Plan {
  readonly kind: FetchedPage['kind'];
  readonly anchor: Id | null;
  readonly params: CommandInput<'message.list'>;
}

/** Times a page is fetched again because the store had moved past it; each time it is newer. */
const MAX_OUTDATED = 5;
/** Channels whose messages are kept. */
const WINDOWS_MAX = 50;

/** Loads pages of messages into windows: one load per channel at a time, the latest wish wins. */
export class MessageLoader {
  readonly #caller: Caller;
  readonly #store: LiveStore;
  readonly #loads = new Map<Id, Load>();

  constructor(caller: Caller, store: LiveStore) {
    this.#caller = caller;
    this.#store = store;
  }

  load(channelId: Id, range: MessageRange): Promise<void> {
    const plan = planLoad(this.#store.getState(), channelId, range);
    if (plan === null) return Promise.resolve();
    const running = this.#loads.get(channelId);
    // A page beside the window waits its turn, as the window may be somewhere else by then. What replaces it goes first.
    if (running !== undefined && (plan.kind !== 'replace' || running.range === range)) return running.promise;
    const load: Load = { range, promise: this.#run(channelId, plan, () => this.#loads.get(channelId) === load) };
    this.#loads.set(channelId, load);
    return load.promise;
  }

  /** A way to the server is open again: what failed for want of one may be tried again. */
  forgiveOffline(): void {
    this.#store.change((draft) => {
      for (const [channelId, window] of draft.state.windows) {
        if (window.error?.isOffline) putWindow(draft, channelId, { error: null });
      }
    });
  }

  async #run(channelId: Id, plan: Plan, isCurrent: () => boolean): Promise<void> {
    // The load is entered into the map right after this call: nothing of it may run before.
    await Promise.resolve();
    const endFetch = this.#store.ledger.log.beginFetch();
    const loading = plan.kind === 'replace' ? 'latest' : plan.kind;
    this.#store.change((draft) => {
      const isNew = !draft.state.windows.has(channelId);
      putWindow(draft, channelId, { loading, error: null, ...(isNew && { stale: true }) });
    });
    try {
      await this.#fetch(channelId, plan, isCurrent);
      if (isCurrent()) this.#finish(channelId, null);
      this.#forgetOldest(channelId);
    } catch (error) {
      if (error instanceof SnugError && isCurrent()) this.#finish(channelId, error);
      throw error;
    } finally {
      endFetch();
      if (isCurrent()) this.#loads.delete(channelId);
    }
  }

  async #fetch(channelId: Id, { kind, anchor, params }: Plan, isCurrent: () => boolean): Promise<void> {
    for (let tries = 0; tries < MAX_OUTDATED; tries++) {
      const { result: page, position } = await this.#caller.call('message.list', params);
      if (!isCurrent()) return;
      const at = position ?? this.#store.getState().cursor;
      const outcome = this.#store.applyAt(at, (context) => applyPage(context, { channelId, kind, anchor, page }));
      if (outcome !== 'outdated') return;
    }
    throw new SnugError('NODE_BEHIND');
  }

  /** Channels that were looked at long ago give their messages back; they are loaded again when somebody returns. */
  #forgetOldest(present: Id): void {
    this.#store.change((draft) => {
      for (const channelId of [...draft.state.windows.keys()].slice(0, -WINDOWS_MAX)) {
        if (channelId !== present && !this.#loads.has(channelId)) dropWindow(draft, channelId);
      }
    });
  }

  #finish(channelId: Id, error: SnugError | null): void {
    this.#store.change((draft) => {
      if (draft.state.windows.has(channelId)) putWindow(draft, channelId, { loading: null, error });
    });
  }
}

/** What to fetch; null when it is there already. */
function planLoad(state: State, channelId: Id, range: MessageRange): Plan | null {
  const window = state.windows.get(channelId);
  const isLoaded = window !== undefined && !window.stale;
  if (typeof range === 'object') {
    return { kind: 'replace', anchor: null, params: { channel_id: channelId, around: range.around } };
  }
  if (range === 'latest' || !isLoaded) {
    if (isLoaded && !window.hasAfter) return null;
    return { kind: 'replace', anchor: null, params: { channel_id: channelId } };
  }
  const anchor = range === 'before' ? window.from : window.to;
  if (anchor === null) return null;
  return { kind: range, anchor, params: { channel_id: channelId, [range]: anchor } };
}
