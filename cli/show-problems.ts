import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, renderDiagnostics } from '../runtime/diagnostics/index.ts'

/** Diagnostics for people, with code frames from the files of the project. */
export function showProblems(diagnostics: readonly Diagnostic[], projectDir: string, color: boolean): string {
  return renderDiagnostics(diagnostics, { color, readSource: (file) => readSource(join(projectDir, file)) })
}

function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
