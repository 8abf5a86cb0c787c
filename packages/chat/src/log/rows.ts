/**
 * Projections as row operations (E11): a closed vocabulary that every engine compiles once per (table, operation,
 * columns). A projection maps one event to operations and never reads.
 */
export type SqlValue = string | number | null;

/** `id` collates bytewise; booleans are integers 0 and 1; times are ms since 1970. */
export type ColumnType = 'id' | 'text' | 'integer';

export interface ColumnSpec {
  readonly type: ColumnType;
  readonly nullable?: boolean;
  readonly default?: SqlValue;
}

export interface TableSpec<C extends string = string> {
  readonly name: string;
  readonly columns: Readonly<Record<C, ColumnSpec>>;
  readonly key: readonly C[];
  readonly unique: readonly (readonly C[])[];
  readonly indexes: readonly { readonly columns: readonly C[]; readonly where?: string }[];
}

export function table<C extends string>(
  name: string,
  columns: Record<C, ColumnSpec>,
  more: {
    key: NoInfer<C>[];
    unique?: NoInfer<C>[][];
    indexes?: { columns: NoInfer<C>[]; where?: string }[];
  },
): TableSpec<C> {
  return { name, columns, key: more.key, unique: more.unique ?? [], indexes: more.indexes ?? [] };
}

export const id: ColumnSpec = { type: 'id' };
export const text: ColumnSpec = { type: 'text' };
export const integer: ColumnSpec = { type: 'integer' };
export const nullable = (column: ColumnSpec): ColumnSpec => ({ ...column, nullable: true });

export type OperationKind = 'insert' | 'ensure' | 'upsert' | 'patch' | 'add' | 'remove' | 'removeRange';

/** What an engine compiles once. `values` of an operation follow `columns`, then `key`. */
export interface OperationSpec {
  readonly kind: OperationKind;
  readonly table: TableSpec;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

export interface RowOperation {
  readonly spec: OperationSpec;
  readonly values: readonly SqlValue[];
}

type Row<C extends string> = Record<C, SqlValue>;

function operation<F extends string>(spec: OperationSpec): (row: Row<F>) => RowOperation {
  const isWhole = spec.kind === 'insert' || spec.kind === 'ensure' || spec.kind === 'upsert';
  const fields = [...spec.columns, ...(isWhole ? [] : spec.key)] as F[];
  return (row) => ({ spec, values: fields.map((field) => row[field]) });
}

/** A new row with every column given. */
export function insert<C extends string>(into: TableSpec<C>): (row: Row<C>) => RowOperation {
  return operation<C>({ kind: 'insert', table: into, columns: Object.keys(into.columns), key: into.key });
}

/** A row that may be there already, by its key or another unique one: then it stays as it is. */
export function ensure<C extends string>(into: TableSpec<C>): (row: Row<C>) => RowOperation {
  return operation<C>({ kind: 'ensure', table: into, columns: Object.keys(into.columns), key: into.key });
}

/** A row that may be there already: the given columns win. */
export function upsert<C extends string>(into: TableSpec<C>): (row: Row<C>) => RowOperation {
  return operation<C>({ kind: 'upsert', table: into, columns: Object.keys(into.columns), key: into.key });
}

/** Sets some columns of the row with this key. No such row: nothing happens. */
export function patch<C extends string, S extends C, K extends C>(
  of: TableSpec<C>,
  columns: S[],
  key: K[],
): (row: Row<S | K>) => RowOperation {
  return operation<S | K>({ kind: 'patch', table: of, columns, key });
}

/** Adds to one integer column of the row with this key. */
export function add<C extends string, S extends C, K extends C>(
  to: TableSpec<C>,
  column: S,
  key: K[],
): (row: Row<S | K>) => RowOperation {
  return operation<S | K>({ kind: 'add', table: to, columns: [column], key });
}

export function remove<C extends string, K extends C>(from: TableSpec<C>, key: K[]): (row: Row<K>) => RowOperation {
  return operation<K>({ kind: 'remove', table: from, columns: [], key });
}

/** Removes the rows that share `key` and lie at or below `upTo`: at most 1,000, which decide has counted. */
export function removeRange<C extends string, K extends C, U extends C>(
  from: TableSpec<C>,
  key: K[],
  upTo: U,
): (row: Row<K | U>) => RowOperation {
  return operation<K | U>({ kind: 'removeRange', table: from, columns: [], key: [...key, upTo] });
}

/** Patches only those of `columns` that the body brings: updates say what changed and nothing else. */
export function patchGiven<C extends string>(
  of: TableSpec<C>,
  key: Partial<Row<C>>,
  given: Partial<Record<C, SqlValue | undefined>>,
): RowOperation[] {
  const columns = (Object.keys(given) as C[]).filter((column) => given[column] !== undefined);
  if (columns.length === 0) return [];
  const row = { ...given, ...key } as Row<C>;
  return [cachedPatch(of, columns)(row)];
}

const patches = new Map<string, (row: Row<string>) => RowOperation>();

function cachedPatch<C extends string>(of: TableSpec<C>, columns: C[]): (row: Row<C>) => RowOperation {
  const name = `${of.name}:${columns.join()}`;
  let build = patches.get(name) as ((row: Row<C>) => RowOperation) | undefined;
  if (build === undefined) {
    build = patch(of, columns, [...of.key] as C[]);
    patches.set(name, build as (row: Row<string>) => RowOperation);
  }
  return build;
}
