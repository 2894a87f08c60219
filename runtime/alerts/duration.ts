const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Milliseconds of a duration such as `15m`. */
export function millisOf(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof UNITS
  return Number(duration.slice(0, -1)) * UNITS[unit]
}

/** `90 seconds`, `2 hours`: the largest unit that fits. */
export function wordsOf(millis: number): string {
  const [count, unit] = (
    [
      ['week', UNITS.w],
      ['day', UNITS.d],
      ['hour', UNITS.h],
      ['minute', UNITS.m],
    ] as const
  )
    .map(([name, size]) => [millis / size, name] as const)
    .find(([number]) => number >= 1 && Number.isInteger(number)) ?? [Math.round(millis / 1000), 'second']
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
