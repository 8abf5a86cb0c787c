/** Dispatches that never enter the log (E30): gateway `t`s without an `s`. */
export const EPHEMERAL_TYPES = [
  'TYPING_START',
  'TYPING_STOP',
  'PRESENCE_UPDATE',
  'CHANNEL_PRESENCE',
  'SERVER_MEMBERS_CHUNK',
] as const;
export type EphemeralType = (typeof EPHEMERAL_TYPES)[number];
