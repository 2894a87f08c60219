export const HOUR = 3_600_000
export const DAY = 24 * HOUR

const offsets = new Map<string, number>()
const formats = new Map<string, Intl.DateTimeFormat>()

/** The instant at which clocks of the zone show `minutes` past midnight on the day that starts at `utcMidnight`. */
export function localInstant(zone: string, utcMidnight: number, minutes: number): number {
  const key = `${zone}/${utcMidnight}`
  const offset = offsets.get(key) ?? offsetAt(zone, utcMidnight + 12 * HOUR)
  offsets.set(key, offset)
  return utcMidnight + minutes * 60_000 - offset
}

function offsetAt(zone: string, instant: number): number {
  const parts = new Map(
    format(zone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - instant
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}
