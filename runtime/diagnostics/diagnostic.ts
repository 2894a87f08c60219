import type { Code } from './catalogue.ts'

export type Severity = 'error' | 'warning'

/** A place in a file: `file` is relative to the project, `line` and `column` start at 1. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

/** One problem a user can cause and mend: what and why in `message`, what to do in `hint`. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  readonly hint?: string
  readonly at?: Position
  readonly related?: readonly { readonly message: string; readonly at: Position }[]
}
