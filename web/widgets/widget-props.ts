import type { ReactNode } from 'react'
import type { PageState } from '../queries/page-state.ts'
import type { Project, WidgetInfo } from '../queries/project.ts'

export interface SelectedValue {
  /** A dimension as the widget names it. */
  readonly dimension: string
  readonly value: string | number | boolean | null
}

/**
 * What somebody chose in a chart: a mark, which has one or more values (a cell of a heatmap has two), or a span of
 * days that was brushed.
 */
export interface Selection {
  readonly kind: 'mark' | 'span'
  /** The metric of the mark; the first of the widget for a span. */
  readonly metric: string | null
  readonly values: readonly SelectedValue[]
  /** Days, both inclusive: the span, or the bucket of a mark over time. */
  readonly from?: string
  readonly to?: string
}

export type OnSelect = (selection: Selection) => void

/** What every widget is given. It asks for its own answers and reports what is chosen in it. */
export interface WidgetProps {
  readonly widget: WidgetInfo
  readonly state: PageState
  readonly project: Project
  readonly onSelect?: OnSelect | undefined
  /** Shown at the end of the header: the menu of the widget. */
  readonly menu?: ReactNode
}
