/** About `count` round values that cover the span. */
export function niceTicks(min: number, max: number, count = 4): readonly number[] {
  const span = max - min || Math.abs(max) || 1
  const step = niceStep(span / count)
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
