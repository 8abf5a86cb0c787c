import { CloseCode } from '@snug/protocol';

/** Why a transport ended, and what that asks for. */
export interface Ending {
  /**
   * - `again`: connect again, from the cursor
   * - `afresh`: connect again with a snapshot, as the cursor means nothing there
   * - `new_token`: the token was refused: get another one first
   * - `revoked`, `closed`: final (GW15)
   * - `upgrade`: the long poll makes room for another try with a WebSocket
   * - `stopped`: asked for
   */
  readonly next: 'again' | 'afresh' | 'new_token' | 'revoked' | 'closed' | 'upgrade' | 'stopped';
  /** The server said something: the way to it is open. */
  readonly heard: boolean;
  /** Wait at least this long, in ms. */
  readonly delay?: number;
  /** A bug of one end, for whoever reads the console. */
  readonly complaint?: string;
}

type Answer = Omit<Ending, 'heard'>;

const OWN_MISTAKE = 5_000;

/** What each close code asks of a client, as the comments of CloseCode say. Any other resumes with a back-off. */
const AFTER_CLOSE: Readonly<Record<number, Answer>> = {
  [CloseCode.BAD_TOKEN]: { next: 'new_token' },
  [CloseCode.TOKEN_EXPIRED]: { next: 'new_token' },
  [CloseCode.UNKNOWN_POSITION]: { next: 'afresh' },
  [CloseCode.SESSION_REVOKED]: { next: 'revoked' },
  [CloseCode.ACCOUNT_CLOSED]: { next: 'closed' },
  [CloseCode.RATE_LIMITED]: { next: 'again', delay: 5_000 },
  // The server did not understand this client. The same would happen at once again, so it waits.
  [CloseCode.UNKNOWN_OP]: { next: 'again', delay: OWN_MISTAKE, complaint: 'the server does not know an op of ours' },
  [CloseCode.BAD_FRAME]: { next: 'again', delay: OWN_MISTAKE, complaint: 'the server could not read a frame of ours' },
  [CloseCode.NOT_IDENTIFIED]: { next: 'again', delay: OWN_MISTAKE, complaint: 'a frame was sent before identifying' },
  [CloseCode.ALREADY_IDENTIFIED]: { next: 'again', delay: OWN_MISTAKE, complaint: 'identified twice' },
};

export function endingOfClose(code: number, heard: boolean): Ending {
  return { next: 'again', ...AFTER_CLOSE[code], heard };
}
