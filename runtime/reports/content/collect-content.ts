import { createHash } from 'node:crypto'
import type { CompiledDashboard, CompiledWidget, Manifest } from '../../compiler/index.ts'
import type { QueryDefinition } from '../../definitions/index.ts'
import { UserError } from '../../diagnostics/index.ts'
import type { SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import type { FiringAlert } from './alerts-block.ts'
import { answerBlock } from './answer-block.ts'
import type { AuditItem, Block, Evidence, ReportContent, Section } from './content.ts'
import { definitionsOf } from './definitions.ts'
import { type Compare, comparedWith, type Period } from './period.ts'
import { covers } from './scope.ts'

/** What a report shows: pages as they are compiled, or rows of its own. */
export interface Contents {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly page: string | null
  readonly rows: CompiledDashboard['rows']
  /** Conditions; each holds for the widgets that have its dimensions. */
  readonly where: readonly string[]
  readonly subject: ReportContent['subject']
  readonly include: readonly ('definitions' | 'evidence' | 'audit_trail' | 'signatures')[]
}

export interface Collecting {
  readonly manifest: Manifest
  readonly semantic: Pick<SemanticLayer, 'query'>
  readonly context: SecurityContext
  readonly period: Period
  readonly compare: Compare
  readonly timezone: string
  readonly at: Date
  readonly firing: () => Promise<readonly FiringAlert[]>
  readonly auditTrail: (period: Period) => Promise<readonly AuditItem[]>
  readonly signal?: AbortSignal
}

/** Asks all that a report shows. A widget that cannot be answered says so in its place; the others stand. */
export async function collectContent(contents: Contents, collecting: Collecting): Promise<ReportContent> {
  const { at, compare, context, manifest, period, timezone } = collecting
  const started = performance.now()
  const evidence: Evidence[] = []
  const sections = await Promise.all(
    contents.rows.map((row, index) => collectRow(row, index, contents, collecting, evidence)),
  )
  const shown = sections.filter(({ blocks }) => blocks.length > 0)
  const included = (part: Contents['include'][number]) => contents.include.includes(part)
  return {
    name: contents.name,
    title: contents.title,
    description: contents.description,
    org: context.org,
    project: manifest.project.name,
    period,
    compared: comparedWith(period, compare),
    timezone,
    at,
    ms: Math.round(performance.now() - started),
    subject: contents.subject,
    where: contents.where.length === 0 ? null : contents.where.join(' and '),
    page: contents.page,
    sections: shown,
    definitions: included('definitions') ? definitionsOf(manifest, contents.rows) : [],
    evidence: included('evidence') ? evidence.sort((a, b) => a.title.localeCompare(b.title)) : [],
    auditTrail: included('audit_trail') ? await collecting.auditTrail(period) : null,
    signatures: included('signatures'),
  }
}

async function collectRow(
  row: CompiledDashboard['rows'][number],
  index: number,
  contents: Contents,
  collecting: Collecting,
  evidence: Evidence[],
): Promise<Section> {
  const widgets = row.widgets.filter(({ definition }) => isFor(definition, collecting.context.role))
  const blocks = await Promise.all(widgets.map((widget) => collectBlock(widget, contents, collecting, evidence)))
  return {
    id: `section-${index + 1}`,
    title: row.title ?? (index === 0 ? contents.title : `Part ${index + 1}`),
    blocks: blocks.filter((block) => block !== null),
  }
}

const isFor = ({ roles }: CompiledWidget['definition'], role: SecurityContext['role']) =>
  roles === undefined || roles.includes(role)

async function collectBlock(
  widget: CompiledWidget,
  { where }: Contents,
  { at, compare, context, firing, manifest, period, semantic, signal, timezone }: Collecting,
  evidence: Evidence[],
): Promise<Block | null> {
  const { id, query, title } = widget
  const holds = where.filter((condition) => query === null || covers(manifest, query.metrics ?? [], condition))
  const foreign = where.filter((condition) => !holds.includes(condition))
  const ask = async (asked: QueryDefinition, name: string) => {
    const answer = await semantic.query(asked, context, signal === undefined ? {} : { signal })
    evidence.push({
      title: name,
      question: questionText(asked),
      rows: answer.rows.length,
      at,
      sha256: createHash('sha256').update(JSON.stringify(answer.rows)).digest('hex'),
    })
    return answer
  }
  try {
    const asking = { manifest, period, compare, timezone, where: holds, ask, firing }
    const block = await answerBlock(widget, asking)
    if (block === null || foreign.length === 0 || query === null) return block
    return { ...block, note: `Of the whole organisation: it knows no ${namesIn(foreign)}.` }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const message = error.diagnostics[0]?.message ?? error.message
    return { kind: 'problem', id, title, note: null, message }
  }
}

const namesIn = (conditions: readonly string[]) =>
  conditions.flatMap((text) => [...text.matchAll(/\{\s*([a-z0-9_.]+)\s*\}/g)].map(([, name]) => name)).join(', ')

function questionText({ by = [], from, grain, metrics = [], to, where }: QueryDefinition): string {
  return [
    metrics.join(', '),
    by.length > 0 ? `by ${by.join(', ')}` : '',
    grain === undefined ? '' : `per ${grain}`,
    from === undefined ? '' : `from ${from} to ${to}`,
    where === undefined ? '' : `where ${where}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}
