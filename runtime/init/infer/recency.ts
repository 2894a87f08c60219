import type { Table, TableColumn } from './table.ts'

const DAY = 86_400_000

export const daysSince = ({ profile }: TableColumn, today: Date): number =>
  (today.getTime() - Date.parse(String(profile.max))) / DAY

/** The shortest range of a page that holds a good part of the newest data. */
export function rangeOf(tables: readonly Table[], today: Date): string {
  const ages = tables.flatMap(({ time }) => (time && time.profile.max !== null ? [daysSince(time, today)] : []))
  const newest = Math.min(...ages)
  if (newest <= 10) return '30d'
  return newest <= 45 ? '90d' : '12m'
}
