import {
  type CodeAction,
  CodeActionKind,
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
} from 'vscode-languageserver/node'
import type { Diagnostic } from '../diagnostics/index.ts'
import { rangeOfPlace } from './positions.ts'

/** Problems by file, as editors show them. */
export function diagnosticsByFile(
  diagnostics: readonly Diagnostic[],
  uriOf: (file: string) => string,
): ReadonlyMap<string, readonly LspDiagnostic[]> {
  const files = new Map<string, LspDiagnostic[]>()
  for (const diagnostic of diagnostics) {
    const { at } = diagnostic
    if (at === undefined) continue
    files.set(at.file, [...(files.get(at.file) ?? []), toLsp(diagnostic, at, uriOf)])
  }
  return files
}

function toLsp(
  { code, severity, message, hint, related }: Diagnostic,
  at: NonNullable<Diagnostic['at']>,
  uriOf: (file: string) => string,
): LspDiagnostic {
  return {
    range: rangeOfPlace(at),
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: 'metrics',
    message: hint === undefined ? message : `${message}\n${hint}`,
    data: { hint: hint ?? null },
    ...(related && {
      relatedInformation: related.map((item) => ({
        message: item.message,
        location: { uri: uriOf(item.at.file), range: rangeOfPlace(item.at) },
      })),
    }),
  }
}

/** What a hint suggests, as an edit: `Did you mean \`x\`?` */
export function quickFixes(uri: string, diagnostics: readonly LspDiagnostic[]): readonly CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    const suggested = /Did you mean `([\w.]+)`/.exec(String(diagnostic.message))?.[1]
    if (suggested === undefined || diagnostic.source !== 'metrics') return []
    const edit = { changes: { [uri]: [{ range: diagnostic.range, newText: suggested }] } }
    return {
      title: `Write \`${suggested}\``,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: true,
      edit,
    }
  })
}
