import { formatValue } from '../format-value.ts'
import type { Backtest } from './backtest.ts'
import { chartSeries } from './chart-series.ts'

const BARS = '▁▂▃▄▅▆▇█'

/** A backtest as lines for the terminal: values as bars, and a mark below where it fired. */
export function textChart(test: Backtest, width: number): string {
  const columns = Math.max(20, Math.min(120, width - 4))
  const { left, shown } = chartSeries(test)
  const span = Math.max(1, test.to.getTime() - test.from.getTime())
  const columnOf = (at: number) => Math.min(columns - 1, Math.floor(((at - test.from.getTime()) / span) * columns))
  const blocks = shown.map(({ episodes, name, samples }) => {
    const cells = new Array<number | null>(columns).fill(null)
    const marks = new Array<string>(columns).fill(' ')
    for (const { at, status, value } of samples) {
      const column = columnOf(at)
      if (value !== null) cells[column] = Math.max(cells[column] ?? Number.NEGATIVE_INFINITY, value)
      if (status === 'firing') marks[column] = '▲'
      else if (status === 'recovering' && marks[column] === ' ') marks[column] = '·'
    }
    const known = cells.filter((cell) => cell !== null)
    const [low, high] = [Math.min(0, ...known), Math.max(...known, Number.MIN_VALUE)]
    const bars = cells
      .map((cell) =>
        cell === null ? ' ' : (BARS[Math.min(7, Math.floor(((cell - low) / (high - low || 1)) * 8))] ?? ' '),
      )
      .join('')
    const peak = known.length === 0 ? 'no values' : `up to ${formatValue(test.format, high)}`
    return `  ${name === '' ? test.title : name} (${peak}; fired ${episodes.length} times)\n  ${bars}\n  ${marks.join('').trimEnd()}`
  })
  const axis = `  ${dayOf(test.from)}${dayOf(test.to).padStart(columns - 16)}`
  return [...blocks, axis, ...(left > 0 ? [`  … and ${left} more instances`] : [])].join('\n')
}

const dayOf = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')
