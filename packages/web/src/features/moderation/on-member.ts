import type { Id } from '@snug/protocol';

/** What every dialog about one member is given. */
export interface OnMember {
  readonly serverId: Id;
  readonly userId: Id;
  /** How they are called there. */
  readonly name: string;
  readonly onClose: () => void;
}

/** Only what was written is sent: an empty reason is none. */
export function givenReason(reason: string): { reason?: string } {
  const words = reason.trim();
  return words === '' ? {} : { reason: words };
}
