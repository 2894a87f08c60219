/** An alert as the server tells of it. */
export interface AlertInfo {
  readonly name: string
  readonly title: string
  readonly description: string | null
  readonly severity: string
  readonly metric: string
  readonly state: string
  readonly enabled: boolean
  readonly condition: string
  readonly bounds: { readonly min: number | null; readonly max: number | null } | null
  /** Limits as the file has them. */
  readonly limits: Readonly<Record<string, number>>
  readonly override: {
    readonly settings: Readonly<Record<string, number>>
    readonly by: string
    readonly at: string
    readonly reason: string
  } | null
}

/** The answer is a list, or has one. */
export function listOf(answer: unknown): readonly AlertInfo[] {
  if (Array.isArray(answer)) return answer
  return (answer as { readonly alerts?: readonly AlertInfo[] }).alerts ?? []
}

/** What somebody may search for. */
export const textOf = ({ name, title, severity, condition, override }: AlertInfo): string =>
  [name, title, severity, condition, override === null ? '' : 'overridden'].join(' ')
