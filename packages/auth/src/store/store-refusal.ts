/** A named refusal inside the store's thread. A class of its own, so that the thread need not load the protocol. */
import type { RefusalCode } from '@snug/protocol';

export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}
