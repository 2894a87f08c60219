import { type Code, catalogue } from './catalogue.ts'
import type { Diagnostic, Position } from './diagnostic.ts'
import { UserError } from './user-error.ts'

/** What a diagnostic can say besides its message; what is undefined is left out. */
export interface DiagnosticDetails {
  readonly hint?: string | undefined
  readonly at?: Position | undefined
  readonly related?: Diagnostic['related'] | undefined
}

/** A diagnostic with the severity its code has in the catalogue. */
export function diagnostic(code: Code, message: string, details: DiagnosticDetails = {}): Diagnostic {
  return {
    code,
    severity: catalogue[code].severity,
    message,
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    ...(details.at === undefined ? {} : { at: details.at }),
    ...(details.related === undefined || details.related.length === 0 ? {} : { related: details.related }),
  }
}

/** Throws a UserError with one diagnostic. */
export function fail(code: Code, message: string, details: DiagnosticDetails = {}): never {
  throw new UserError(diagnostic(code, message, details))
}
