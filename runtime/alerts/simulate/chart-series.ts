import { keyOf } from '../checks/series.ts'
import { nameOfLabels } from '../instance.ts'
import type { Backtest, Episode } from './backtest.ts'
import type { Sample } from './simulate.ts'

/** One instance of a backtest, for a chart. */
export interface ChartSeries {
  readonly name: string
  readonly samples: readonly Sample[]
  readonly episodes: readonly Episode[]
}

const MOST = 8

/** The instances that fired most, or the first few where none did. */
export function chartSeries({ episodes, samples }: Backtest): {
  readonly shown: readonly ChartSeries[]
  readonly left: number
} {
  const byKey = new Map<string, Sample[]>()
  for (const sample of samples) {
    const list = byKey.get(sample.key)
    if (list === undefined) byKey.set(sample.key, [sample])
    else list.push(sample)
  }
  const all = [...byKey].map(([key, list]) => ({
    name: nameOfLabels(list[0]?.labels ?? {}),
    samples: list,
    episodes: episodes.filter(({ labels }) => keyOf(labels) === key),
  }))
  const sorted = all.sort((a, b) => b.episodes.length - a.episodes.length || (a.name < b.name ? -1 : 1))
  return { shown: sorted.slice(0, MOST), left: Math.max(0, sorted.length - MOST) }
}
