export interface ChartSeries {
  readonly label: string
  readonly values: readonly (number | null)[]
  /** Values to compare with, drawn without a fill and dashed. */
  readonly reference?: boolean
  /** What is left of many series. */
  readonly other?: boolean
}

export interface Slice {
  readonly label: string
  readonly value: number
  readonly other?: boolean
}

interface Shown {
  readonly title: string
  readonly format: (value: number, axis?: boolean) => string
}

export interface TimeChart extends Shown {
  readonly kind: 'line' | 'area' | 'columns'
  readonly times: readonly string[]
  readonly stacked: boolean
  readonly series: readonly ChartSeries[]
}

export interface SliceChart extends Shown {
  readonly kind: 'bars' | 'donut'
  readonly slices: readonly Slice[]
}

export interface GaugeChart extends Shown {
  readonly kind: 'gauge'
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly target: number | null
  readonly state: 'good' | 'warn' | 'bad' | null
}

export interface HeatmapChart extends Shown {
  readonly kind: 'heatmap'
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  /** By row, then column. */
  readonly values: readonly (readonly (number | null)[])[]
}

export interface BoardChart extends Shown {
  readonly kind: 'board'
  readonly columns: readonly {
    readonly state: 'good' | 'warn' | 'bad'
    readonly title: string
    /** The values of the column, in words. */
    readonly limit: string
    readonly cards: readonly Slice[]
  }[]
}

export interface MapChart extends Shown {
  readonly kind: 'map'
  /** Countries by their number of ISO 3166-1. */
  readonly places: readonly (Slice & { readonly number: string })[]
}

/** A picture of figures: what it shows, not how. */
export type Chart = TimeChart | SliceChart | GaugeChart | HeatmapChart | BoardChart | MapChart

export interface Size {
  readonly width: number
  readonly height: number
}
