import type { ReportContent } from '../../runtime/reports/content/content.ts'
import { createBrowserPool, createPrinter } from '../../runtime/reports/index.ts'
import { renderDocument } from '../../runtime/reports/output/document.ts'
import { pagesOfDestinations } from '../../runtime/reports/print/page-numbers.ts'

const RENDERS = 50
const SECTIONS = 11

/** A compliance document of thirty pages, printed again and again: time and memory. */
export async function benchReports() {
  const pool = createBrowserPool()
  const print = createPrinter({ pool, refuse: async () => 'nothing is asked for' })
  const content = bigContent()
  const times: number[] = []
  const memory: number[] = []
  let pages = 0
  for (let index = 0; index < RENDERS; index += 1) {
    const started = performance.now()
    const pdf = await renderDocument(content, { url: null }, print)
    times.push(performance.now() - started)
    pages = Math.max(...pagesOfDestinations(pdf).values())
    globalThis.gc?.()
    memory.push(process.memoryUsage().rss / 2 ** 20)
  }
  await pool.close()
  const sorted = [...times].sort((a, b) => a - b)
  return {
    pages,
    renders: RENDERS,
    first_s: seconds(times[0]),
    median_s: seconds(sorted[Math.floor(RENDERS / 2)]),
    slowest_s: seconds(sorted.at(-1)),
    rss_mib_after_5: Math.round(memory[4] ?? 0),
    rss_mib_after_50: Math.round(memory.at(-1) ?? 0),
  }
}

const seconds = (ms = 0) => Math.round(ms / 10) / 100

function bigContent(): ReportContent {
  const at = new Date('2026-03-01T06:00:00Z')
  const format = (value: number) => String(value)
  const columns = ['Control', 'What it asks for', 'Status', 'Evidence'].map((label) => ({
    label,
    kind: 'dimension' as const,
    format: null,
  }))
  const sections = Array.from({ length: SECTIONS }, (_, index) => ({
    id: `section-${index + 1}`,
    title: `Framework ${index + 1}`,
    blocks: [
      {
        kind: 'figure' as const,
        id: `figure-${index}`,
        title: `Score of framework ${index + 1}`,
        note: null,
        chart: {
          kind: 'line' as const,
          title: 'Score',
          format,
          stacked: false,
          times: Array.from({ length: 31 }, (_day, day) => `Mar ${day + 1}`),
          series: [0, 1, 2].map((series) => ({
            label: `Series ${series}`,
            values: Array.from({ length: 31 }, (_day, day) => Math.sin(day / 3 + series) * 20 + 80),
          })),
        },
        table: { columns: [{ label: 'Score', kind: 'metric' as const, format: null }], rows: [[80]], truncated: false },
      },
      {
        kind: 'table' as const,
        id: `table-${index}`,
        title: `Controls of framework ${index + 1}`,
        note: null,
        table: {
          columns,
          truncated: false,
          rows: Array.from({ length: 24 }, (_row, row) => [
            `C-${index}-${row}`,
            'Access to production is granted for a time and recorded.',
            row % 5 === 0 ? 'fail' : 'pass',
            'https://evidence.example.org/records/2026/03/0123456789',
          ]),
        },
      },
    ],
  }))
  return {
    name: 'compliance_audit',
    title: 'Compliance audit',
    description: 'Controls and their evidence.',
    org: 'acme',
    project: 'bench',
    period: { from: '2026-02-01', to: '2026-02-28' },
    compared: null,
    timezone: 'UTC',
    at,
    ms: 0,
    subject: null,
    where: null,
    page: null,
    sections,
    definitions: [],
    evidence: [],
    auditTrail: Array.from({ length: 120 }, (_, index) => ({
      at,
      actor: `user-${index}`,
      action: 'key.created',
      subject: `am_${index}`,
    })),
    signatures: true,
  }
}
