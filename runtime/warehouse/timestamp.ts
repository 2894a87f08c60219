const WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(?:[Zz]|([+-]\d{2}):?(\d{2})?)$/

/** ISO 8601 in UTC from microseconds since 1970; the last three digits only where they say something. */
export function isoFromMicros(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const millis = Number((micros - rest) / 1000n)
  if (Math.abs(millis) > 8.64e15) return micros > 0n ? 'infinity' : '-infinity'
  const iso = new Date(millis).toISOString()
  return rest === 0n ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

/** Text of a timestamp in UTC and without zone, because engines ignore the offset where a column has no zone. */
export function withoutOffset(text: string): string {
  const match = WITH_OFFSET.exec(text)
  if (!match) return text
  const [, day, time, fraction = '', hours, minutes = '00'] = match
  const seconds = time?.length === 5 ? `${time}:00` : time
  if (hours === undefined) return `${day} ${seconds}${fraction}`
  const at = new Date(`${day}T${seconds}${hours}:${minutes}`)
  return Number.isNaN(at.getTime()) ? text : `${at.toISOString().slice(0, 19).replace('T', ' ')}${fraction}`
}
