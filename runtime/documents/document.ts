import type { Diagnostic, Position } from '../diagnostics/index.ts'

export type Path = readonly (string | number)[]

/**
 * Where the value (or with `key`, its key) at `path` stands; the nearest parent where it has no place of its own.
 * With `offset`, the place of that character inside a text, where the file shows the text as it is.
 */
export type Locate = (path: Path, of?: 'key' | 'value', offset?: number, length?: number) => Position

/** A problem and the path of the part that is not to be used because of it. */
export interface Problem {
  readonly diagnostic: Diagnostic
  readonly path: Path
}

/** A file read as plain data, with the place of every part. */
export interface Document {
  readonly file: string
  /** Undefined where the file could not be read; `problems` says why. */
  readonly content: unknown
  readonly locate: Locate
  readonly problems: readonly Problem[]
}

/** A document that has nothing but problems. */
export const unreadable = (file: string, diagnostics: readonly Diagnostic[]): Document => ({
  file,
  content: undefined,
  locate: () => startOf(file),
  problems: diagnostics.map((diagnostic) => ({ diagnostic, path: [] })),
})

export const startOf = (file: string): Position => ({ file, line: 1, column: 1 })
