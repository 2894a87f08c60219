import { type Chart, drawChart, drawSparkline, type Size } from '../charts/index.ts'
import { localTime, longDay, shortTime } from '../content/calendar.ts'
import type { Block, Column, ReportContent, Section, Table } from '../content/content.ts'
import { formatValue } from '../content/format-value.ts'
import { periodLabel } from '../content/period.ts'

/** What templates are filled with: texts, and pictures as HTML. */
export interface ReportView {
  readonly title: string
  readonly description: string
  readonly org: string
  readonly project: string
  readonly period: string
  readonly compared: string
  readonly at: string
  readonly ms: number
  readonly subject: { readonly label: string; readonly value: string } | null
  readonly where: string
  readonly url: string
  readonly sections: readonly SectionView[]
  readonly definitions: ReportContent['definitions']
  readonly evidence: readonly Readonly<Record<string, string | number>>[]
  readonly auditTrail: readonly Readonly<Record<string, string>>[] | null
  readonly hasAuditTrail: boolean
  readonly signatures: boolean
  readonly problems: number
}

interface SectionView {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly kpis: readonly BlockView[]
  /** KPIs in rows of three, for mail. */
  readonly kpiRows: readonly (readonly BlockView[])[]
  readonly blocks: readonly BlockView[]
}

export interface BlockView {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly kind: Block['kind']
  readonly isKpi: boolean
  readonly isFigure: boolean
  readonly isTable: boolean
  readonly isText: boolean
  readonly isProblem: boolean
  /** Takes half of the width. */
  readonly half: boolean
  /** Number of the figure or table. */
  readonly number: number
  readonly image: string
  readonly value: string
  readonly change: string
  readonly changeClass: string
  readonly before: string
  readonly target: string
  readonly paragraphs: readonly string[]
  readonly message: string
  readonly table: TableView | null
}

interface TableView {
  readonly columns: readonly { readonly label: string; readonly right: boolean }[]
  readonly rows: readonly (readonly { readonly text: string; readonly right: boolean }[])[]
  readonly more: number
  readonly truncated: boolean
}

export interface ViewOptions {
  /** Turns a drawing into HTML. */
  readonly picture: (svg: string, id: string, title: string, size: Size) => Promise<string> | string
  readonly rows: number
  readonly url: string | null
  readonly width: number
}

export async function viewOf(content: ReportContent, options: ViewOptions): Promise<ReportView> {
  const counter = { figure: 0, table: 0 }
  const sections: SectionView[] = []
  for (const [index, section] of content.sections.entries()) {
    sections.push(await sectionView(section, index + 1, counter, options))
  }
  const { auditTrail, compared, evidence, org, page, period, timezone, where } = content
  return {
    title: content.title,
    description: content.description,
    org: org ?? '',
    project: content.project,
    period: periodLabel(period),
    compared: compared === null ? '' : periodLabel(compared),
    at: localTime(content.at, timezone),
    ms: content.ms,
    subject: content.subject,
    where: where ?? '',
    url: options.url === null || page === null ? '' : `${options.url}${page}?from=${period.from}&to=${period.to}`,
    sections,
    definitions: content.definitions,
    evidence: evidence.map(({ at, question, rows, sha256, title }) => ({
      title,
      question,
      rows,
      at: at.toISOString(),
      sha256,
    })),
    auditTrail:
      auditTrail?.map(({ action, actor, at, subject }) => ({ at: localTime(at, timezone), actor, action, subject })) ??
      null,
    hasAuditTrail: auditTrail !== null,
    signatures: content.signatures,
    problems: content.sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'problem').length,
  }
}

type Counter = { figure: number; table: number }

async function sectionView(
  section: Section,
  number: number,
  counter: Counter,
  options: ViewOptions,
): Promise<SectionView> {
  const views: BlockView[] = []
  for (const block of section.blocks) views.push(await blockView(block, counter, options))
  const kpis = views.filter(({ isKpi }) => isKpi)
  return {
    id: section.id,
    number,
    title: section.title,
    kpis,
    kpiRows: Array.from({ length: Math.ceil(kpis.length / 3) }, (_, row) => kpis.slice(row * 3, row * 3 + 3)),
    blocks: views.filter(({ isKpi }) => !isKpi),
  }
}

async function blockView(block: Block, counter: Counter, options: ViewOptions): Promise<BlockView> {
  const { id, kind, note, title } = block
  const half = kind === 'figure' && isSmall(block.chart)
  if (kind === 'figure') counter.figure += 1
  if (kind === 'table') counter.table += 1
  return {
    id,
    title,
    note: note ?? '',
    kind,
    isKpi: kind === 'kpi',
    isFigure: kind === 'figure',
    isTable: kind === 'table',
    isText: kind === 'text',
    isProblem: kind === 'problem',
    half,
    number: kind === 'figure' ? counter.figure : counter.table,
    image: await imageOf(block, half, options),
    value: kind === 'kpi' ? block.value : '',
    change: kind === 'kpi' ? (block.change?.text ?? '') : '',
    changeClass: kind === 'kpi' ? changeClass(block.change?.good) : '',
    before: kind === 'kpi' ? (block.before ?? '') : '',
    target: kind === 'kpi' ? (block.target ?? '') : '',
    paragraphs: kind === 'text' ? paragraphsOf(block.text) : [],
    message: kind === 'problem' ? block.message : '',
    table: tableOf(block, options.rows),
  }
}

/** Countries are found on a map, and their values below it. */
const BELOW_MAP = 12

function tableOf(block: Block, rows: number): TableView | null {
  if (block.kind === 'table') return tableView(block.table, rows)
  const isMap = block.kind === 'figure' && block.chart.kind === 'map' && !isEmpty(block.table)
  return isMap ? tableView(block.table, Math.min(rows, BELOW_MAP)) : null
}

/** A picture of nothing says so. */
const NOTHING = '<p class="muted">No data in this period.</p>'

const isEmpty = ({ columns, rows }: Table) =>
  rows.every((row) => columns.every(({ kind }, index) => kind !== 'metric' || row[index] === null || row[index] === 0))

const isSmall = ({ kind }: Chart) => kind === 'gauge' || kind === 'donut'

const changeClass = (good: boolean | null | undefined) => (good === true ? 'good' : good === false ? 'bad' : 'even')

async function imageOf(block: Block, half: boolean, { picture, width }: ViewOptions): Promise<string> {
  if (block.kind === 'kpi') {
    const known = block.trend.filter((value) => value !== null)
    if (known.length < 2) return ''
    const size = { width: 120, height: 28 }
    return picture(drawSparkline(block.trend, `${block.title}, trend`), block.id, `${block.title}, trend`, size)
  }
  if (block.kind !== 'figure') return ''
  if (isEmpty(block.table)) return NOTHING
  const size = half ? { width: Math.round(width / 2) - 16, height: 190 } : { width, height: 250 }
  const svg = drawChart(block.chart, size)
  const height = Number(/ height="([\d.]+)"/.exec(svg)?.[1] ?? size.height)
  return picture(svg, block.id, altOf(block.title, block.table), { width: size.width, height })
}

/** What a picture shows in words, for those who do not see it. */
function altOf(title: string, { columns, rows }: Table): string {
  const shown = rows.slice(0, 8).map((row) => row.map((cell, index) => cellText(cell, columns[index])).join(' '))
  return `${title}: ${shown.join('; ')}${rows.length > 8 ? '; …' : ''}`
}

/** Markdown as paragraphs of plain text. */
function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n{2,}/)
    .map((part) =>
      part
        .replace(/[*_`#]+/g, '')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .trim(),
    )
    .filter((part) => part !== '')
}

function tableView({ columns, rows, truncated }: Table, most: number): TableView {
  const right = columns.map(({ kind }) => kind === 'metric')
  return {
    columns: columns.map(({ label }, index) => ({ label, right: right[index] ?? false })),
    rows: rows
      .slice(0, most)
      .map((row) => row.map((cell, index) => ({ text: cellText(cell, columns[index]), right: right[index] ?? false }))),
    more: Math.max(0, rows.length - most),
    truncated,
  }
}

function cellText(cell: unknown, column: Column | undefined): string {
  if (column?.kind === 'time' && typeof cell === 'string')
    return cell.length === 10 ? longDay(cell) : `${longDay(cell.slice(0, 10))} ${shortTime(cell, 'hour')}`
  return formatValue(cell, column?.format ?? null, 'exact')
}
