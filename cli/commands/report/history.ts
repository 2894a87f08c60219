import type { PageOfRuns, RunEntry } from '../../../runtime/reports/index.ts'
import type { Call } from '../../command.ts'
import { textTable } from '../../text-table.ts'
import type { ReportCalls } from './report-calls.ts'

/** What was sent, when, to whom, and what became of it. */
export async function history(
  { out }: Call,
  reports: ReportCalls,
  name: string | undefined,
  org: string | undefined,
  page: PageOfRuns,
): Promise<number> {
  const { next, runs } = await reports.history(name, org, page)
  if (out.json) out.result({ runs, next })
  else if (runs.length === 0) out.print('Nothing was sent yet.')
  else {
    const titles = ['run', 'report', 'made', 'for', 'asked by', 'state', 'to']
    const rows = runs.map((run) => [
      ...[run.id, run.report, timeOf(run.created_at), timeOf(run.at), askedBy(run), stateOf(run)],
      run.sent_to?.join(', ') || '—',
    ])
    out.print(
      textTable(
        titles.map((title) => ({ title })),
        rows,
        out.colors.bold,
      ),
    )
    if (next !== null) out.note(`Older ones: --before ${next}.`)
  }
  return 0
}

export const timeOf = (date: Date | string | null) =>
  date === null ? '—' : new Date(date).toISOString().slice(0, 16).replace('T', ' ')

const askedBy = ({ again_of, by }: RunEntry) => `${by ?? 'schedule'}${again_of === null ? '' : `, again ${again_of}`}`

function stateOf({ deliveries: { dead, waiting }, error, messages, state }: RunEntry): string {
  if (state === 'pending') return error === null ? 'being made' : `tried again: ${error}`
  if (state === 'failed') return `failed: ${error}`
  if (messages === 0) return 'nothing to send'
  if (dead > 0) return `${dead} not delivered`
  return waiting > 0 ? 'on its way' : 'delivered'
}
