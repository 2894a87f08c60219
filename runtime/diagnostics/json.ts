import type { Diagnostic } from './diagnostic.ts'
import { inOrder, isError } from './order.ts'

export interface DiagnosticsJson {
  readonly ok: boolean
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Readonly<Record<string, number>>
}

/** What `--format json` prints; `counts` are those of the definitions, such as `{ metrics: 12 }`. */
export function toJson(
  diagnostics: readonly Diagnostic[],
  counts: Readonly<Record<string, number>> = {},
): DiagnosticsJson {
  const ordered = inOrder(diagnostics)
  const errors = ordered.filter(isError).length
  return {
    ok: errors === 0,
    diagnostics: ordered,
    counts: { ...counts, errors, warnings: ordered.length - errors },
  }
}
