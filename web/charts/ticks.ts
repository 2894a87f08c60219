/** About `count` round values that cover the span, zero-based unless told otherwise. */
export function niceTicks(min: number, max: number, { count = 4, secondsOf = 0 } = {}): readonly number[] {
  const span = max - min || Math.abs(max) || 1
  const step = secondsOf > 0 ? clockStep((span / count) * secondsOf) / secondsOf : niceStep(span / count)
  const first = Math.floor(min / step) * step
  const ticks: number[] = []
  for (let index = 0; index <= count * 3; index += 1) {
    const value = first + index * step
    ticks.push(Number(value.toPrecision(12)))
    if (value >= max && index > 0) break
  }
  return ticks
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const digit = rough / power
  return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10)
}

const CLOCK = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

/** Seconds that people count in: minutes, quarters of an hour, hours, days. */
function clockStep(rough: number): number {
  if (rough <= 30) return niceStep(rough)
  return CLOCK.find((step) => step >= rough) ?? niceStep(rough / 86_400) * 86_400
}

/** Every n-th of so many labels, so that each has `room` pixels. */
export function labelStep(count: number, width: number, room = 64): number {
  return Math.max(1, Math.ceil((count * room) / Math.max(width, 1)))
}
