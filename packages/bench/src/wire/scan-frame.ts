/**
 * Reads what the generator needs out of a gateway frame without parsing it: the server writes its fields in one order
 * (`op`, then `t`, `s`, `d`; an answer ends with `position`). Anything else is an error, not a guess.
 */

/** `{"op":0,"t":"MESSAGE_CREATE","s":` */
const CREATE_PREFIX = Buffer.from('{"op":0,"t":"MESSAGE_CREATE","s":');
/** `{"op":13,"d":{"id":` */
const ANSWER_PREFIX = Buffer.from('{"op":13,"d":{"id":');
const OK = Buffer.from(',"ok":true,');
const POSITION = Buffer.from('"position":');
const ZERO = 48;

/** The opcode of a frame. */
export function opOf(buffer: Buffer, start: number): number {
  return readNumber(buffer, start + 6);
}

/** The position of a MESSAGE_CREATE; -1 if the frame is something else. */
export function createdAt(buffer: Buffer, start: number, end: number): number {
  if (!startsWith(buffer, start, end, CREATE_PREFIX)) return -1;
  return readNumber(buffer, start + CREATE_PREFIX.length);
}

/** The id of an op 13 frame; -1 if the frame is something else. */
export function answeredId(buffer: Buffer, start: number, end: number): number {
  if (!startsWith(buffer, start, end, ANSWER_PREFIX)) return -1;
  return readNumber(buffer, start + ANSWER_PREFIX.length);
}

/** The position of an op 13 frame that says ok; -1 if the request was refused. */
export function answeredPosition(buffer: Buffer, start: number, end: number): number {
  const colon = buffer.lastIndexOf(POSITION, end - 1);
  const afterId = buffer.indexOf(',', start + ANSWER_PREFIX.length);
  if (colon < start || !startsWith(buffer, afterId, end, OK)) return -1;
  return readNumber(buffer, colon + POSITION.length);
}

function startsWith(buffer: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false;
  // From the end, where frames differ: most are told apart by one comparison.
  for (let i = prefix.length - 1; i >= 0; i--) if (buffer[start + i] !== prefix[i]) return false;
  return true;
}

function readNumber(buffer: Buffer, at: number): number {
  let value = 0;
  for (let i = at; ; i++) {
    const digit = (buffer[i] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return i === at ? Number.NaN : value;
    value = value * 10 + digit;
  }
}
