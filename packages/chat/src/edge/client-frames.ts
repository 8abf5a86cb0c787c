/** What a client may send over the gateway, decoded; and how a socket closes when it may not. */
import { ALL_INTENTS, ClientFrame, CloseCode, Op, Refusal, type RefusalCode, validate } from '@snug/protocol';
import type { Arrival } from '../delivery/sessions.ts';

/** Refusals after which going on makes no sense, and how the socket closes. */
export const CLOSE_CODES: { readonly [C in RefusalCode]?: number } = {
  TOKEN_EXPIRED: CloseCode.BAD_TOKEN,
  TOKEN_INVALID: CloseCode.BAD_TOKEN,
  SESSION_REVOKED: CloseCode.SESSION_REVOKED,
  ACCOUNT_SUSPENDED: CloseCode.ACCOUNT_CLOSED,
  RATE_LIMITED: CloseCode.RATE_LIMITED,
  NOT_READY: CloseCode.NOT_IDENTIFIED,
  UNKNOWN_COMMAND: CloseCode.UNKNOWN_OP,
  INVALID_PARAMS: CloseCode.BAD_FRAME,
  BAD_REQUEST: CloseCode.BAD_FRAME,
  INTERNAL: CloseCode.UNKNOWN_ERROR,
};
export function arrivalOf(given: {
  intents?: number | undefined;
  properties?: { device?: 'desktop' | 'mobile' | 'web' | undefined } | undefined;
  presence?: Arrival['presence'];
}): Arrival {
  return { intents: given.intents ?? ALL_INTENTS, device: given.properties?.device ?? 'web', presence: given.presence };
}

export function parseFrame(data: Buffer): ClientFrame {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data.toString('utf8'));
  } catch (error) {
    throw new Refusal('BAD_REQUEST', { detail: `Not JSON: ${(error as Error).message.slice(0, 100)}` });
  }
  const op = typeof parsed === 'object' && parsed !== null ? (parsed as { op?: unknown }).op : undefined;
  if (typeof op !== 'number') throw new Refusal('BAD_REQUEST', { detail: 'A frame is an object with an op.' });
  if (!KNOWN_OPS.has(op)) throw new Refusal('UNKNOWN_COMMAND');
  return isRequest(parsed) ? parsed : validate(ClientFrame, parsed);
}

/** What `Request` asks of op 12, by hand: nearly every frame is one, and its parameters are validated by the command. */
function isRequest(parsed: unknown): parsed is Extract<ClientFrame, { op: 12 }> {
  const { op, d } = parsed as { op: unknown; d: unknown };
  if (op !== Op.REQUEST || typeof d !== 'object' || d === null) return false;
  const { id, command, params } = d as { id?: unknown; command?: unknown; params?: unknown };
  const isId = typeof id === 'string' ? id.length <= 64 : Number.isSafeInteger(id);
  const isCommand = typeof command === 'string' && command.length <= 64;
  return isId && isCommand && typeof params === 'object' && params !== null && !Array.isArray(params);
}

const KNOWN_OPS: ReadonlySet<number> = new Set([
  Op.HEARTBEAT,
  Op.IDENTIFY,
  Op.PRESENCE_UPDATE,
  Op.VOICE_STATE_UPDATE,
  Op.RESUME,
  Op.REQUEST_MEMBERS,
  Op.REQUEST,
]);
