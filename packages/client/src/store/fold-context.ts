import type { Draft } from './draft.ts';
import type { Ledger } from './ledger.ts';

/** What folding one dispatch may use. */
export interface FoldContext {
  readonly draft: Draft;
  readonly ledger: Ledger;
  /** Of the event; for what does not last, the cursor. */
  readonly position: number;
  /** ms since 1970. */
  readonly now: number;
}
