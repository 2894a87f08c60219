import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeFrame, type Diagnostic, inOrder } from '../diagnostics/index.ts'

/** A diagnostic with the lines that it is about. */
export interface ShownProblem {
  readonly code: string | null
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint: string | null
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly frame: readonly string[]
}

const PLAIN = { dim: (text: string) => text, red: (text: string) => text }
/** More would not be read. */
const MOST = 20

export function shownProblems(diagnostics: readonly Diagnostic[], dir: string): readonly ShownProblem[] {
  return inOrder(diagnostics)
    .slice(0, MOST)
    .map(({ code, severity, message, hint, at }) => ({
      ...{ code, severity, message, hint: hint ?? null },
      ...{ file: at?.file ?? null, line: at?.line ?? null, column: at?.column ?? null },
      frame: at === undefined ? [] : codeFrame(sourceOf(join(dir, at.file)), at, PLAIN),
    }))
}

function sourceOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A file that is gone has no lines to show.
    return ''
  }
}
