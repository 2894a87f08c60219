import { millisOf, wordsOf } from '../duration.ts'
import { formatValue } from '../format-value.ts'
import { ask, type Check, type Setting } from './check.ts'
import { numberOf, seriesOf } from './series.ts'
import { outcomeOf } from './threshold.ts'

/** Clocks of others run fast: what they send from the near future counts. */
const SKEW = 300_000

/** Something happened within the last while. */
export function eventCheck(setting: Setting, above: number, within: string): Check {
  const { metric } = setting
  const span = millisOf(within)
  const limit = above === 0 ? '' : ` more than ${formatValue(metric.format, above)}`
  return {
    words: `${metric.label}${limit === '' ? ' happens' : limit} within ${wordsOf(span)}`,
    question: (now) => {
      // Whole seconds, so that alerts that are checked together share the answer.
      const end = Math.floor(now / 1000) * 1000
      return ask(setting, {
        metrics: [metric.name],
        from: new Date(end - span).toISOString(),
        to: new Date(end + SKEW).toISOString(),
      })
    },
    judge: (rows) =>
      seriesOf(rows, setting.by, metric.name).map(({ labels, values }) => {
        const value = numberOf(values.get('')) ?? 0
        const text = `${metric.label}: ${formatValue(metric.format, value)} in the last ${wordsOf(span)}.`
        return { labels, value, outcome: outcomeOf(value > above), detail: { text } }
      }),
  }
}
