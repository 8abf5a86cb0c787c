/**
 * Reply links beside a log (`NAME.annotation.txt` for `NAME.raw.txt`): `1002 1003 -` says that line 1003 answers line
 * 1002, counted from 0 over all lines. A line linked to itself starts a conversation.
 */

export interface Annotation {
  /** Earlier lines that a line answers, by the answering line. */
  antecedents: Map<number, number[]>;
  starts: number;
  /** Lines of the annotation file that say nothing of the kind. */
  unreadable: number;
}

export function parseAnnotation(source: string): Annotation {
  const antecedents = new Map<number, number[]>();
  let starts = 0;
  let unreadable = 0;
  for (const line of source.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^(\d{1,9})\s+(\d{1,9})\s+-\s*$/.exec(line);
    if (match === null) {
      unreadable += 1;
      continue;
    }
    const [earlier, later] = [Number(match[1]), Number(match[2])];
    if (earlier === later) starts += 1;
    else antecedents.set(later, [...(antecedents.get(later) ?? []), earlier]);
  }
  return { antecedents, starts, unreadable };
}

/**
 * Which line each line answers. A message here answers one message: of several the nearest earlier one.
 * @param isMessage whether a line became a message that can be answered, or can answer.
 */
export function replyLinks(annotation: Annotation, isMessage: (line: number) => boolean): Map<number, number> {
  const links = new Map<number, number>();
  for (const [later, candidates] of annotation.antecedents) {
    if (!isMessage(later)) continue;
    const earlier = candidates.filter((line) => line < later && isMessage(line));
    if (earlier.length > 0) links.set(later, Math.max(...earlier));
  }
  return links;
}

/** Where a log's annotation would lie: `X.raw.txt` has `X.annotation.txt`, `X.txt` and `X.log` too. */
export function annotationPath(logPath: string): string {
  return `${logPath.replace(/(?:\.raw)?\.(?:txt|log)$/i, '')}.annotation.txt`;
}
