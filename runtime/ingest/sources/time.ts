export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const timestampOf = (instant: number) => new Date(instant).toISOString().replace('T', ' ').replace('Z', '')
