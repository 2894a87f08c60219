import { countryName, findCountry } from '../../countries/index.ts'
import type { QueryAnswer } from '../../semantic/index.ts'
import type { Chart } from '../charts/index.ts'
import type { Table } from './content.ts'
import { formatting, labelOf } from './figures.ts'

interface MapFigure {
  readonly chart: Chart
  /** The countries by their names, the biggest first. */
  readonly table: Table
  /** What has no place on the map. */
  readonly note: string | null
}

/** Values of countries, which rows name by a code or by their name. */
export function mapFigure(title: string, { columns, rows, truncated }: QueryAnswer, by: string): MapFigure | null {
  const metric = columns.find(({ kind }) => kind === 'metric')
  const dimension = columns.find(({ name }) => name === by)
  if (metric === undefined || dimension === undefined) return null
  const found = rows
    .flatMap((row) => {
      const [country, value] = [findCountry(labelOf(row[by])), row[metric.name]]
      const name = country === undefined ? labelOf(row[by]) : countryName(country)
      return typeof value === 'number' ? [{ label: name, number: country?.number, value }] : []
    })
    .sort((a, b) => b.value - a.value || a.label.localeCompare(b.label))
  const places = found.flatMap(({ number, ...place }) => (number === undefined ? [] : [{ ...place, number }]))
  const unknown = found.flatMap(({ label, number }) => (number === undefined ? [label] : []))
  const shown = [dimension, metric].map(({ format, kind, label }) => ({ label, kind, format }))
  return {
    chart: { kind: 'map', title, format: formatting(metric.format), places },
    table: { columns: shown, rows: found.map(({ label, value }) => [label, value]), truncated },
    note:
      unknown.length === 0 ? null : `Not on the map: ${unknown.slice(0, 3).join(', ')}${andMore(unknown.length - 3)}.`,
  }
}

const andMore = (count: number) => (count > 0 ? ` and ${count} more` : '')
