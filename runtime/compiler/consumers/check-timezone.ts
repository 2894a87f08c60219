import { type Code, nearest } from '../../diagnostics/index.ts'
import type { Declared, Project } from '../project/index.ts'

/** Reports a time zone that the platform does not know. */
export function checkTimezone({ report }: Project, timezone: Declared<string>, code: Code): boolean {
  if (isTimezone(timezone.value)) return true
  const near = nearest(timezone.value, Intl.supportedValuesOf('timeZone'))
  report(code, `\`${timezone.value}\` is no time zone.`, {
    at: timezone.at(),
    hint: near === undefined ? 'Write an IANA name such as `Europe/Berlin`.' : `Did you mean \`${near}\`?`,
  })
  return false
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
