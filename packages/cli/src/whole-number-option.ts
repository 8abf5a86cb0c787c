import { InvalidArgumentError } from 'commander';

/** Reads a flag that takes a whole number within bounds. */
export function wholeNumberOption(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
