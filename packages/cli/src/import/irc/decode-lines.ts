/** Bytes of a log to lines of text. IRC has no declared encoding: one file may hold several. */

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

const NEWLINE = 0x0a;
/** mIRC: colour with one or two numbers, hex colour, and the switches for bold, italic, underline and so on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control codes are what this takes out
const FORMATTING = /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9a-fA-F]{6})?|[\u0000-\u0008\u000b-\u001f\u007f]/g;

export interface RawLine {
  /** The line as it is shown: decoded, without control codes. */
  text: string;
  bytes: Uint8Array;
}

/** Every line of the file, empty ones included, so that an index is a line number counted from 0. */
export function decodeLines(file: Uint8Array): RawLine[] {
  const lines: RawLine[] = [];
  let start = 0;
  while (start < file.length) {
    const newline = file.indexOf(NEWLINE, start);
    const end = newline < 0 ? file.length : newline;
    const bytes = file.subarray(start, end);
    lines.push({ text: decodeLine(bytes).replace(FORMATTING, ''), bytes });
    start = end + 1;
  }
  return lines;
}

/** UTF-8 where the line is UTF-8; otherwise one byte is one character, which never fails. */
function decodeLine(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return latin1.decode(bytes);
  }
}
