/** How a process of the benchmark answers the one that started it: questions by name over Node's own channel. */

export type Question = { readonly id: number; readonly name: string; readonly given: unknown };
export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string };

/** `id` of the message that says what a host offers once it is ready. */
export const READY_ID = 0;

type Handler = (given: never) => unknown;

/** Answers the parent's questions. The channel keeps nobody alive: a host without work ends. */
export function answerParent(handlers: Readonly<Record<string, Handler>>): void {
  process.on('message', (question: Question) => {
    void answerOne(handlers, question).then((answer) => process.send?.(answer));
  });
}

async function answerOne(handlers: Readonly<Record<string, Handler>>, question: Question): Promise<Answer> {
  const { id, name, given } = question;
  try {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`nobody answers ${name}`);
    return { id, ok: true, result: await handler(given as never) };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Tells the parent that this host is ready, and what it may need to know. */
export function ready(result: unknown): void {
  process.send?.({ id: READY_ID, ok: true, result } satisfies Answer);
}
