/** Why a text is no schedule of five fields, or undefined where it is one. */
export function cronProblem(schedule: string): { readonly message: string; readonly hint: string } | undefined {
  const fields = schedule.trim().split(/\s+/)
  if (schedule.trim().startsWith('@')) {
    return { message: `\`${schedule}\` is a macro.`, hint: 'Write five fields: `0 8 * * 1` is Monday at 8.' }
  }
  if (fields.length !== FIELDS.length) {
    const seconds = fields.length === 6 ? ' There is no field for seconds.' : ''
    return {
      message: `A schedule has five fields, and this has ${fields.length}.${seconds}`,
      hint: 'Write minute, hour, day of month, month and day of week: `0 8 * * 1` is Monday at 8.',
    }
  }
  for (const [index, field] of FIELDS.entries()) {
    const text = fields[index] ?? ''
    if (text.split(',').every((part) => isPart(part, field))) continue
    const names = field.names.length > 0 ? `, or ${field.names[0]} to ${field.names.at(-1)}` : ''
    return {
      message: `\`${text}\` is no ${field.name}.`,
      hint: `It is from ${field.from} to ${field.to}${names}, \`*\`, a range \`a-b\`, a list \`a,b\` or a step \`*/n\`.`,
    }
  }
  return undefined
}

interface Field {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly names: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day of month', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: MONTHS },
  { name: 'day of week', from: 0, to: 7, names: DAYS },
]

function isPart(part: string, field: Field): boolean {
  const match = /^(?<range>\*|(?<low>[a-z]+|\d+)(?:-(?<high>[a-z]+|\d+))?)(?:\/(?<step>\d+))?$/i.exec(part)
  const { high, low, range, step } = match?.groups ?? {}
  if (range === undefined || step === '0') return false
  if (low === undefined) return true
  const from = numberOf(low, field)
  const to = high === undefined ? from : numberOf(high, field)
  return from !== undefined && to !== undefined && from <= to
}

function numberOf(text: string, { from, names, to }: Field): number | undefined {
  const name = names.indexOf(text.toLowerCase())
  if (name >= 0) return name + (names.length === 12 ? 1 : 0)
  const number = Number(text)
  return Number.isInteger(number) && number >= from && number <= to ? number : undefined
}
