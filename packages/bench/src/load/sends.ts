/** What was sent and acknowledged, for the audit that follows. */
import { sampleText } from './sample-text.ts';

/** Runs of one process never repeat a nonce, and their numbers are found again in the log. */
const RUN = Date.now().toString(36);

export class Sends {
  /** Channel of each send, by its number. */
  readonly channels: string[] = [];
  /** Position each was acknowledged at; a hole is one that was not. */
  readonly positions: number[] = [];
  acknowledged = 0;

  nonceOf(index: number): string {
    return `${RUN}-${index}`;
  }

  /** Numbers a new send and answers the number with its parameters. */
  next(channelId: string): { index: number; content: string; nonce: string } {
    const index = this.channels.length;
    this.channels.push(channelId);
    return { index, content: sampleText(index), nonce: this.nonceOf(index) };
  }

  /** The op 12 frame of a new send; its number is the request's id. */
  nextFrame(channelId: string): string {
    const { index, content, nonce } = this.next(channelId);
    return `{"op":12,"d":{"id":${index},"command":"message.send","params":{"channel_id":"${channelId}","content":"${content}","nonce":"${nonce}"}}}`;
  }

  /** @throws when it was acknowledged before. */
  acknowledge(index: number, position: number): void {
    if (this.positions[index] !== undefined) throw new Error(`send ${index} was acknowledged twice`);
    this.positions[index] = position;
    this.acknowledged += 1;
  }

  get pending(): number {
    return this.channels.length - this.acknowledged;
  }
}
