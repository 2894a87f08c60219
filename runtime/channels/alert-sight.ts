/** The alert that a message is about, and keys of the instances that it names. */
export interface About {
  readonly alert: string
  readonly instances: readonly string[]
}

/** Which messages of alerts somebody may read. */
export interface AlertSight {
  /** Alerts with all their instances. */
  readonly whole: readonly string[]
  /** Alerts of which some instances are hidden, with those that are not. */
  readonly parts: readonly About[]
  /** Alerts there are, for who may read of those that are no more as well; null for others. */
  readonly declared: readonly string[] | null
}

export function mayRead({ declared, parts, whole }: AlertSight, { alert, instances }: About): boolean {
  if (whole.includes(alert) || (declared !== null && !declared.includes(alert))) return true
  const shown = parts.find((part) => part.alert === alert)
  return shown !== undefined && instances.every((key) => shown.instances.includes(key))
}
