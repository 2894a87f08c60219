/** Reads payloads of webhooks, whose shape nobody promises. */
export interface Payload {
  at(...path: readonly string[]): Payload
  list(...path: readonly string[]): readonly Payload[]
  text(...path: readonly string[]): string
  number(...path: readonly string[]): number | undefined
  flag(...path: readonly string[]): boolean
  /** Any of the times that providers write, as RFC 3339; empty where there is none. */
  time(...path: readonly string[]): string
  readonly exists: boolean
}

export function payload(value: unknown): Payload {
  const get = (path: readonly string[]) => path.reduce(inside, value)
  return {
    at: (...path) => payload(get(path)),
    list: (...path) => {
      const found = get(path)
      return Array.isArray(found) ? found.map(payload) : []
    },
    text: (...path) => {
      const found = get(path)
      return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
    },
    number: (...path) => {
      const found = get(path)
      return typeof found === 'number' && Number.isFinite(found) ? found : undefined
    },
    flag: (...path) => get(path) === true,
    time: (...path) => timeOf(get(path)),
    exists: value !== undefined && value !== null,
  }
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}

/** GitHub gives RFC 3339 or, of repositories, seconds; GitLab also `2026-05-04 10:00:00 UTC`; Bitbucket's server milliseconds. */
function timeOf(value: unknown): string {
  if (typeof value === 'number') return iso(value < 1e11 ? value * 1000 : value)
  if (typeof value !== 'string' || value === '') return ''
  return iso(Date.parse(value.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) (?:UTC|\+0000)$/, '$1T$2Z')))
}

const iso = (milliseconds: number) => (Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : '')
