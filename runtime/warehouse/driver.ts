/** A column of an answer, with its type in words that hold for every engine. */
export interface Column {
  readonly name: string
  readonly type: 'string' | 'number' | 'boolean' | 'date' | 'timestamp' | 'json' | 'other'
}

/**
 * Rows as arrays in the order of `columns`. Numbers are JavaScript numbers (64-bit integers and decimals too),
 * dates `YYYY-MM-DD`, timestamps ISO 8601 in UTC, anything else a string, boolean or null.
 */
export interface QueryResult {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly unknown[])[]
}

export interface TableInfo {
  readonly schema: string
  readonly name: string
  readonly type: 'table' | 'view'
}

export type Rows = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>

/** An open warehouse. One per process and database: everything shares it. */
export interface Warehouse {
  readonly dialect: Dialect
  /** Runs one statement; `params` are bound to $1, $2 … */
  query(sql: string, params?: readonly unknown[], options?: { readonly signal?: AbortSignal }): Promise<QueryResult>
  /** Runs statements on one connection in one transaction: all or nothing. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Columns of a relation (`name` or `schema.name`) in order; empty where it does not exist. */
  describe(relation: string): Promise<readonly Column[]>
  tables(): Promise<readonly TableInfo[]>
  /** Loads rows in bulk into an existing table, by column name; missing ones become null. */
  insert(relation: string, columns: readonly string[], rows: Rows): Promise<number>
  /** Creates a table with the rows of local files (CSV, Parquet, JSON; a path or glob). SQL itself cannot read files. */
  loadFiles(table: string, pattern: string): Promise<void>
  /** A number per relation that grows with every change of its data; 0 for one that never changed. */
  dataVersions(): Promise<ReadonlyMap<string, number>>
  close(): Promise<void>
}

export interface Transaction {
  query(sql: string, params?: readonly unknown[]): Promise<QueryResult>
  insert(relation: string, columns: readonly string[], rows: Rows): Promise<number>
  /** Says that this transaction changes the data of these relations; whoever does so must say it. */
  touch(...relations: readonly string[]): Promise<void>
}

/** What differs between engines, as SQL text; pure. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres'
  quote(identifier: string): string
  literal(value: string | number | boolean | null): string
  /** A SELECT that reads a file or glob, where the warehouse was opened with access to files; null where the engine cannot. */
  readFile(path: string): string | null
  percentile(expression: string, fraction: number): string
  /** Schema whose tables all sessions see and none of which is ever written to disk; null where the engine has none. */
  readonly scratch: string | null
  /** Names and types of a relation's columns, by name. */
  columnsOf(relation: string): string
  /** SQL type of a dimension's values, for casts and test tables. */
  typeOf(type: 'string' | 'number' | 'boolean' | 'time' | 'geo'): string
}
