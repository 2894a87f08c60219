import { fail } from '../../diagnostics/index.ts'

const timezones = new Map<string, string>()

/** Checks an IANA name; every spelling of UTC becomes `UTC`. */
export function timezoneOf(name: string): string {
  const known = timezones.get(name) ?? checkedTimezone(name)
  timezones.set(name, known)
  return known
}

function checkedTimezone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone === 'UTC' ? 'UTC' : name
  } catch {
    return fail('AM4009', `\`${name}\` is not a time zone.`, { hint: 'Write an IANA name such as `Europe/Berlin`.' })
  }
}
