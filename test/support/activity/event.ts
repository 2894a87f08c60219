export interface ActivityEvent {
  readonly type: string
  readonly id: string
  readonly subject: string
  readonly time: Date
  readonly data: Readonly<Record<string, unknown>>
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Monday; the sample week is the third of four. */
export const FIRST_DAY = Date.UTC(2026, 1, 2)
export const DAYS = 28

export const TEAMS = ['t1', 't2', 't3'] as const
export const USERS = Array.from({ length: 12 }, (_, index) => ({
  id: `u${index + 1}`,
  email: `person${index + 1}@acme.example`,
  team: TEAMS[index % 3] ?? 't1',
}))
export const REPOSITORIES = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'] as const
export const MODELS = ['claude-sonnet-4-6', 'gpt-5.2-codex', 'gemini-3-pro'] as const

export function event(
  type: string,
  subject: string,
  time: number,
  data: ActivityEvent['data'],
  id = `${type} ${subject} ${time}`,
): ActivityEvent {
  return { type, id, subject, time: new Date(time), data }
}
