import type { Chart } from '../charts/index.ts'
import type { ValueFormat } from './format-value.ts'
import type { Period } from './period.ts'

/** A report filled with figures, before it becomes a mail, a document or a table. */
export interface ReportContent {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly org: string | null
  readonly project: string
  readonly period: Period
  readonly compared: Period | null
  readonly timezone: string
  /** When the figures were asked for, and how long that took. */
  readonly at: Date
  readonly ms: number
  /** The value that this copy is for, of a report with `each`. */
  readonly subject: { readonly label: string; readonly value: string } | null
  readonly where: string | null
  /** Path of the page with the live figures. */
  readonly page: string | null
  readonly sections: readonly Section[]
  readonly definitions: readonly Definition[]
  readonly evidence: readonly Evidence[]
  readonly auditTrail: readonly AuditItem[] | null
  readonly signatures: boolean
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

export type Block = { readonly id: string; readonly title: string; readonly note: string | null } & (
  | {
      readonly kind: 'kpi'
      readonly value: string
      readonly change: { readonly text: string; readonly good: boolean | null } | null
      readonly before: string | null
      readonly target: string | null
      readonly trend: readonly (number | null)[]
    }
  | { readonly kind: 'figure'; readonly chart: Chart; readonly table: Table }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string }
)

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly unknown[])[]
  /** True where there are more rows than it holds. */
  readonly truncated: boolean
}

export interface Column {
  readonly label: string
  readonly kind: 'time' | 'dimension' | 'metric'
  readonly format: ValueFormat | null
}

export interface Definition {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly formula: string
  readonly owner: string | null
}

/** What was asked for a figure, and a fingerprint of the answer. */
export interface Evidence {
  readonly title: string
  readonly question: string
  readonly rows: number
  readonly at: Date
  readonly sha256: string
}

export interface AuditItem {
  readonly at: Date
  readonly actor: string
  readonly action: string
  readonly subject: string
}
