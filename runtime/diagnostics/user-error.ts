import type { Diagnostic } from './diagnostic.ts'

/** An error that the user can mend. Anything else that is thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: Diagnostic | readonly Diagnostic[]) {
    const list = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic]
    super(list.map(inOneLine).join('\n'))
    this.diagnostics = list
  }
}

function inOneLine({ code, message, hint, at }: Diagnostic): string {
  const place = at ? `${at.file}:${at.line}:${at.column} ` : ''
  return `${place}${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`
}
