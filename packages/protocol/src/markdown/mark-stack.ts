import type { Inline, Mark } from './tree.ts';

interface Frame {
  delimiter: string;
  mark: Mark | null;
  children: Inline[];
}

/**
 * The marks that are open while a text is read, innermost last, and what has been read inside each. No delimiter is open
 * twice, so the stack is never deeper than there are delimiters.
 */
export class MarkStack {
  readonly #frames: Frame[] = [{ delimiter: '', mark: null, children: [] }];
  #text = '';

  addText(text: string): void {
    this.#text += text;
  }

  add(node: Inline): void {
    this.#flush();
    this.#top.children.push(node);
  }

  /** The text since the last node. */
  get pending(): string {
    return this.#text;
  }

  /** Takes back the last characters of the pending text. */
  takeBack(count: number): void {
    this.#text = this.#text.slice(0, this.#text.length - count);
  }

  get innermost(): string {
    return this.#top.delimiter;
  }

  isOpen(delimiter: string): boolean {
    return this.#frames.some((frame) => frame.delimiter === delimiter);
  }

  /** How many of `run` delimiter characters in a row close something (Closing). */
  closing(char: string, run: number): number {
    const double = run >= 2 && this.isOpen(char + char) ? 2 : 0;
    return double + (run > double && this.isOpen(char) ? 1 : 0);
  }

  /** Whether nothing has been read since this delimiter opened. */
  isEmpty(delimiter: string): boolean {
    return this.#top.delimiter === delimiter && this.#top.children.length === 0 && this.#text === '';
  }

  open(delimiter: string, mark: Mark): void {
    this.#flush();
    this.#frames.push({ delimiter, mark, children: [] });
  }

  /** Closes an open mark. What is open inside it has no partner. */
  close(delimiter: string): void {
    this.#flush();
    const outer = this.#frames.findLastIndex((frame) => frame.delimiter === delimiter);
    this.#swapTwins(outer);
    while (this.#top.delimiter !== delimiter) this.#abandon();
    const frame = this.#frames.pop() as Frame;
    this.#top.children.push({ type: frame.mark as Mark, children: frame.children });
  }

  /** Everything that was read. What is still open has no partner. */
  finish(): Inline[] {
    this.#flush();
    while (this.#frames.length > 1) this.#abandon();
    return this.#top.children;
  }

  /** Of `***` either mark may turn out to be the inner one: what closes first is it. */
  #swapTwins(outer: number): void {
    const [first, second] = [this.#frames[outer], this.#frames[outer + 1]];
    if (first === undefined || second === undefined || outer + 2 !== this.#frames.length) return;
    if (first.children.length > 0 || first.delimiter[0] !== second.delimiter[0]) return;
    [first.delimiter, second.delimiter] = [second.delimiter, first.delimiter];
    [first.mark, second.mark] = [second.mark, first.mark];
  }

  /** The innermost open mark was text. */
  #abandon(): void {
    const frame = this.#frames.pop() as Frame;
    const into = this.#top.children;
    append(into, { type: 'text', text: frame.delimiter });
    for (const child of frame.children) append(into, child);
  }

  #flush(): void {
    if (this.#text !== '') append(this.#top.children, { type: 'text', text: this.#text });
    this.#text = '';
  }

  get #top(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }
}

function append(into: Inline[], node: Inline): void {
  const last = into.at(-1);
  if (node.type === 'text' && last?.type === 'text') last.text += node.text;
  else into.push(node);
}
