const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i
const DATE = /^\d{4}-\d\d-\d\d$/

/** Milliseconds since 1970 of an RFC 3339 time; NaN for anything else. A leap second is the last of its minute. */
export function parseDateTime(text: string): number {
  if (!RFC_3339.test(text)) return Number.NaN
  const time = Date.parse(text)
  if (!Number.isNaN(time)) return isCalendarDay(text) ? time : Number.NaN
  return text.slice(17, 19) === '60'
    ? Date.parse(`${text.slice(0, 17)}59.999${text.replace(/^.*\d\d(\.\d+)?(?=Z|[+-])/i, '')}`)
    : Number.NaN
}

export const isDateTime = (text: string) => !Number.isNaN(parseDateTime(text))

export const isDate = (text: string) => DATE.test(text) && isCalendarDay(text)

/** Date.parse takes the 30th of February for the 2nd of March. */
function isCalendarDay(text: string): boolean {
  const day = Number(text.slice(8, 10))
  if (day <= 28) return day > 0
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === day
}
