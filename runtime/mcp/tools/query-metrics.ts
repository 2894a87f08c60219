import { QueryDefinition } from '../../definitions/index.ts'
import type { Tool } from '../tool.ts'

/** As many rows as an assistant can read; it may ask for fewer. */
const MOST = 200

export const queryMetrics: Tool = {
  name: 'query',
  title: 'Query metrics',
  description:
    "Values of metrics, grouped by dimensions and time. Metrics are combined without counting twice; what does not go together is refused with what does. `where` is a filter such as {team} = 'core' and {status} in ('failed', 'cancelled'), never SQL. Days of from and to are inclusive.",
  input: QueryDefinition,
  run: async (desk, input) => {
    const query = input as QueryDefinition
    const limit = Math.min(query.limit ?? MOST, MOST)
    const { columns, rows, truncated } = await desk.query({ ...query, limit })
    const cut = truncated || rows.length === limit
    return {
      columns: columns.map(({ name, label, type, format }) => ({ name, label, type, format })),
      rows,
      ...(cut && { note: cutNote(limit) }),
    }
  },
}

const cutNote = (limit: number) =>
  `There may be more than these ${limit} rows: group coarser, filter, or order so that what matters comes first.`
