export interface Mode {
  readonly name: 'completions' | 'edit' | 'agent'
  readonly weight: number
  /** Median duration in seconds. */
  readonly median: number
  /** Lines of code that a usual session changes. */
  readonly loc: number
  /** How its part in all sessions changes over the story. */
  readonly growth: number
}

export const MODES: readonly Mode[] = [
  { name: 'completions', weight: 3, median: 75, loc: 14, growth: -0.6 },
  { name: 'edit', weight: 4, median: 230, loc: 40, growth: -0.3 },
  { name: 'agent', weight: 4, median: 840, loc: 130, growth: 0.9 },
]

export const TASKS = [
  { name: 'feature', weight: 8, pace: 1.3, ease: 0.97, loc: 1.6 },
  { name: 'bug_fix', weight: 7, pace: 1, ease: 1, loc: 0.5 },
  { name: 'refactoring', weight: 4, pace: 1.2, ease: 1.02, loc: 1.8 },
  { name: 'tests', weight: 3, pace: 0.8, ease: 1.04, loc: 1.1 },
  { name: 'docs', weight: 2, pace: 0.5, ease: 1.07, loc: 0.7 },
] as const

export const COMPLEXITIES = [
  { name: 'low', weight: 5, pace: 0.6, ease: 1.04 },
  { name: 'medium', weight: 6, pace: 1, ease: 1 },
  { name: 'high', weight: 2, pace: 2, ease: 0.87 },
] as const

export const ERRORS = [
  { name: 'timeout', weight: 6, message: 'No answer within 3600 s; the session was ended.' },
  { name: 'tool_error', weight: 5, message: 'The command exited with code 1: 3 of 212 tests failed.' },
  { name: 'rate_limited', weight: 3, message: '429 from the provider: tokens per minute are used up.' },
  { name: 'context_overflow', weight: 3, message: 'The prompt is longer than the context of the model.' },
  { name: 'sandbox_crash', weight: 2, message: 'The sandbox stopped: exit code 137.' },
  { name: 'auth_failure', weight: 2, message: '401 from the git provider: the token has expired.' },
] as const
export type ErrorName = (typeof ERRORS)[number]['name']

export const ENVIRONMENTS = [
  { name: 'development', weight: 14 },
  { name: 'staging', weight: 4 },
  { name: 'production', weight: 2 },
] as const

export const TRIGGERS = [
  { name: 'person', weight: 16 },
  { name: 'issue', weight: 4 },
  { name: 'schedule', weight: 2 },
  { name: 'api', weight: 1 },
] as const

export const CONFIGURATIONS = ['default', 'plan-first', 'strict-review', 'autonomous', 'minimal-context'] as const

/** Languages with the frameworks that go with them. */
export const STACKS: Readonly<Record<string, readonly string[]>> = {
  typescript: ['react', 'nestjs', 'nextjs'],
  python: ['fastapi', 'django', 'pytorch'],
  go: ['grpc', 'gin'],
  java: ['spring', 'quarkus'],
  kotlin: ['android', 'ktor'],
  rust: ['axum', 'tokio'],
  sql: ['dbt'],
}
export const LANGUAGES = Object.keys(STACKS)

/** Part of sessions by language that are harder for agents. */
export const LANGUAGE_EASE: Readonly<Record<string, number>> = { python: 1.02, typescript: 1.01, rust: 0.95, sql: 0.98 }
