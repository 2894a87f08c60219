import type { Diagnostic } from './diagnostic.ts'

/** By file, place and code, each one once: the same input gives the same list. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]))
  return [...unique.values()].sort(
    (a, b) =>
      compare(a.at?.file ?? '', b.at?.file ?? '') ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  )
}

/** True where a diagnostic is an error rather than a warning. */
export const isError = (diagnostic: Diagnostic) => diagnostic.severity === 'error'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
