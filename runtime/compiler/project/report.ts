import { type Code, type Diagnostic, type DiagnosticDetails, diagnostic } from '../../diagnostics/index.ts'

/** Takes note of a problem and goes on: all of them are shown in one run. */
export type Report = (code: Code, message: string, details?: DiagnosticDetails) => void

export function createReport(): { readonly report: Report; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  return { diagnostics, report: (code, message, details) => diagnostics.push(diagnostic(code, message, details)) }
}
