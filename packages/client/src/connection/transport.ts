import type { PresencePatch, Ready } from '@snug/protocol';
import type { Dispatch } from '../store/dispatch.ts';

/** Where a transport begins, and whom it tells. */
export interface TransportContext {
  /** The last position seen; null wants a snapshot. */
  readonly cursor: number | null;
  readonly presence: PresencePatch | null;
  /** Events flow from here on. */
  onOnline(): void;
  /** A snapshot replaces what is known; `position` is the cursor now. */
  onSnapshot(snapshot: Ready, position: number): void;
  /** One batch, in order; `cursor` is where it leads. */
  onBatch(dispatches: readonly Dispatch[], cursor: number): void;
}
