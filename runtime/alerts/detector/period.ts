const MOST_POINTS = 4096
const LEAST_CYCLES = 3

/** The length of the cycle that a series repeats in, in points; undefined where it has none. */
export function findPeriod(series: readonly number[]): number | undefined {
  const values = series.slice(-MOST_POINTS)
  const detrended = difference(values)
  const power = detrended.reduce((sum, value) => sum + value * value, 0)
  if (power === 0) return undefined
  const most = Math.floor(values.length / LEAST_CYCLES)
  const similarity: number[] = [1]
  for (let lag = 1; lag <= most; lag++) similarity[lag] = correlate(detrended, lag, power)
  return bestPeak(similarity)
}

/** Slow changes are no cycle: what remains after a running mean is looked at. */
function difference(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return Float64Array.from(values, (value) => value - mean)
}

function correlate(values: Float64Array, lag: number, power: number): number {
  let sum = 0
  for (let index = lag; index < values.length; index++) sum += (values[index] ?? 0) * (values[index - lag] ?? 0)
  return (sum / power) * (values.length / (values.length - lag))
}

const CLEAR = 0.4

/** The first of the high peaks after the series stopped resembling itself. */
function bestPeak(similarity: readonly number[]): number | undefined {
  const start = similarity.findIndex((value) => value < 0.1)
  if (start < 0) return undefined
  const peaks: number[] = []
  for (let lag = Math.max(4, start); lag < similarity.length - 1; lag++) {
    const value = similarity[lag] ?? 0
    if (value > CLEAR && value >= (similarity[lag - 1] ?? 0) && value >= (similarity[lag + 1] ?? 0)) peaks.push(lag)
  }
  const highest = Math.max(...peaks.map((lag) => similarity[lag] ?? 0))
  return peaks.find((lag) => (similarity[lag] ?? 0) > 0.85 * highest)
}
