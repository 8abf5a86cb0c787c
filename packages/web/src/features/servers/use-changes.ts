import { type FormEvent, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useSubmit } from '../../app/use-submit.ts';
import type { ChangeBarProps } from './ChangeBar.tsx';

export interface Changes<T extends object> {
  /** What is known, with what was changed over it. */
  readonly facts: T;
  readonly set: (change: Partial<T>) => void;
  readonly submit: (event: FormEvent) => void;
  readonly bar: ChangeBarProps;
}

/**
 * A form over facts that live elsewhere. Only what is changed is saved, so that what somebody else changes meanwhile stays
 * as they made it, and is shown at once.
 */
export function useChanges<T extends object>(known: T, save: (change: Partial<T>) => Promise<unknown>): Changes<T> {
  const { run, isBusy, error } = useSubmit();
  const [change, setChange] = useState<Partial<T>>({});
  const [isSaved, setIsSaved] = useState(false);
  const changed = (Object.keys(change) as (keyof T)[]).filter((key) => change[key] !== known[key]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const worked = await run(async () => {
      await save(Object.fromEntries(changed.map((key) => [key, change[key]])) as Partial<T>);
    });
    setIsSaved(worked);
    if (worked) setChange({});
  };
  return {
    facts: { ...known, ...change },
    set: (next) => {
      setIsSaved(false);
      setChange((before) => ({ ...before, ...next }));
    },
    submit: (event) => void submit(event),
    bar: {
      isChanged: changed.length > 0,
      isSaved,
      isBusy,
      problem: error === undefined ? null : sayError(error),
      onDiscard: () => setChange({}),
    },
  };
}
