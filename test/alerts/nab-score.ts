/** Scores by point, and the windows in which a detection counts. */
export interface Scored {
  readonly scores: readonly number[]
  readonly windows: readonly (readonly [number, number])[]
}

const MISSED = 1
const FALSE_ALARM = 0.11

/**
 * The score of the Numenta Anomaly Benchmark, standard profile: the earliest detection in a window counts, the earlier
 * the more, false alarms and missed windows cost. One threshold for all series, the best there is; 0 is a detector that
 * says nothing, 100 a perfect one.
 */
export function nabScore(all: readonly Scored[]): { readonly score: number; readonly threshold: number } {
  const candidates = [...new Set(all.flatMap(({ scores }) => [...scores].sort((a, b) => b - a).slice(0, 40)))]
  const windows = all.reduce((sum, one) => sum + one.windows.length, 0)
  const silent = -MISSED * windows
  let best = { score: 0, threshold: 2 }
  for (const threshold of candidates) {
    const raw = all.reduce((sum, one) => sum + rawScore(one, threshold), 0)
    const score = (100 * (raw - silent)) / (windows - silent)
    if (score > best.score) best = { score, threshold }
  }
  return best
}

export function rawScore({ scores, windows }: Scored, threshold: number): number {
  const probation = Math.min(Math.floor(0.15 * scores.length), 750)
  const found = new Map<number, number>()
  let falseAlarms = 0
  for (let index = probation; index < scores.length; index++) {
    if ((scores[index] ?? 0) < threshold) continue
    const window = windows.findIndex(([from, to]) => index >= from && index <= to)
    if (window < 0) falseAlarms += falseAlarm(index, windows)
    else if (!found.has(window)) found.set(window, earliness(index, windows[window] ?? [0, 0]))
  }
  const hits = [...found.values()].reduce((sum, value) => sum + value, 0)
  return hits + falseAlarms - MISSED * (windows.length - found.size)
}

const sigmoid = (y: number) => 2 / (1 + Math.exp(5 * y)) - 1

function earliness(index: number, [from, to]: readonly [number, number]): number {
  return sigmoid(-(to - index + 1) / (to - from + 1)) / sigmoid(-1)
}

/** Right after a window it costs less. */
function falseAlarm(index: number, windows: Scored['windows']): number {
  const before = windows.filter(([, to]) => to < index).at(-1)
  if (before === undefined) return -FALSE_ALARM
  const [from, to] = before
  const y = Math.abs(index - to) / Math.max(1, to - from)
  return y > 3 ? -FALSE_ALARM : sigmoid(y) * FALSE_ALARM
}

/** What everybody writes first: how many deviations the value lies from the mean of the points before. */
export function trailingZScores(values: readonly number[], window = 288): readonly number[] {
  return values.map((value, index) => {
    const before = values.slice(Math.max(0, index - window), index)
    if (before.length < 30) return 0
    const mean = before.reduce((sum, one) => sum + one, 0) / before.length
    const deviation = Math.sqrt(before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / before.length)
    return Math.abs(value - mean) / (deviation + 1e-9)
  })
}
