import type {
  ChannelPresence,
  EphemeralType,
  EventBody,
  EventType,
  MembersChunk,
  Presence,
  TypingIndicator,
} from '@snug/protocol';

interface EphemeralBodies {
  TYPING_START: TypingIndicator;
  TYPING_STOP: TypingIndicator;
  PRESENCE_UPDATE: Presence;
  CHANNEL_PRESENCE: ChannelPresence;
  SERVER_MEMBERS_CHUNK: MembersChunk;
}

/** Everything a server may dispatch. SERVER_CREATE is a ServerSnapshot for whoever has just joined (DLV6). */
export type DispatchType = EventType | EphemeralType;
export type DispatchBody<T extends DispatchType> = T extends EphemeralType
  ? EphemeralBodies[T]
  : T extends EventType
    ? EventBody<T>
    : never;

/** One dispatch, from whichever transport. `position` is null for what does not last (DLV23). */
export interface Dispatch {
  /** A name this client may not know yet: a newer server has more of them, and they are passed over. */
  readonly t: string;
  readonly d: unknown;
  readonly position: number | null;
}
