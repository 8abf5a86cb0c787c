import { en } from './en.ts';

type Catalogue = typeof en;
export type StringKey = keyof Catalogue;
/** What a string needs filled in: nothing for a plain one, the parameters of its function otherwise. */
type Filling<K extends StringKey> = Catalogue[K] extends (...given: infer A) => string ? A : [];

/** The words of a key. Every word a person reads comes through here. */
export function t<K extends StringKey>(key: K, ...filling: Filling<K>): string {
  const entry: string | ((...given: never[]) => string) = en[key];
  return typeof entry === 'string' ? entry : (entry as (...given: Filling<K>) => string)(...filling);
}
