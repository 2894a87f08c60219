import { type Request, type Response, Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import { type AuditFilter, type AuditRow, searchAudit, verifyAudit } from '../../../store/index.ts'
import { needRole, needScope } from '../../authenticate.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { tenantOf } from './tenant.ts'

const PAGE = 50
const LARGEST_PAGE = 1000
/** More than this is asked in parts: by time. */
const LARGEST_FILE = 100_000

/** `GET /audit`: what was done by whom, by page or as a file; admins alone. */
export function auditRoutes({ store }: Pick<Services, 'store'>): Router {
  const router = Router()
  router.use('/audit', needScope('admin'), needRole('admin'))
  router.get(
    '/audit',
    route(async (request, response) => {
      const filter = filterOf(request, tenantOf(request, response))
      response.setHeader('Cache-Control', 'no-store')
      const format = request.query.format ?? 'json'
      if (format === 'csv' || format === 'ndjson') return sendFile(response, format, await file(filter))
      if (format !== 'json') fail('AM5033', `There is no format '${String(format)}', only json, csv and ndjson.`)
      const limit = Math.min(LARGEST_PAGE, numberOf(request, 'limit') ?? PAGE)
      const entries = await searchAudit(store.db, { ...filter, limit: limit + 1 })
      const shown = entries.slice(0, limit)
      response.json({ entries: shown, next: entries.length > limit ? (shown.at(-1)?.id ?? null) : null })
    }),
  )
  router.get(
    '/audit/verify',
    route(async (_request, response) => {
      response.json(await verifyAudit(store.db))
    }),
  )
  const file = (filter: AuditFilter) => searchAudit(store.db, { ...filter, limit: LARGEST_FILE })
  return router
}

function filterOf(request: Request, org: string | null): AuditFilter {
  const text = (name: string) => {
    const value = request.query[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [actor, action, subject] = [text('actor'), text('action'), text('subject')]
  const [from, to] = [timeOf(text('from'), 'from'), timeOf(text('to'), 'to')]
  const before = numberOf(request, 'before')
  return {
    org,
    ...(actor && { actor }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...(from && { from }),
    ...(to && { to }),
    ...(before && { before }),
  }
}

/** A day or an instant; a day at the end is meant to its end. */
function timeOf(text: string | undefined, name: 'from' | 'to'): Date | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) fail('AM5033', `${name} is no day or instant: '${text}'.`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  return isDay && name === 'to' ? new Date(time.getTime() + 86_400_000 - 1) : time
}

function numberOf(request: Request, name: string): number | undefined {
  const text = request.query[name]
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    fail('AM5033', `${name} is a whole number above 0, not '${String(text)}'.`)
  return number
}

function sendFile(response: Response, format: 'csv' | 'ndjson', entries: readonly AuditRow[]) {
  response.setHeader('Content-Disposition', `attachment; filename="audit.${format}"`)
  const lines = entries.map(({ hash: _hash, ...entry }) => entry)
  if (format === 'ndjson') {
    return void response.type('application/x-ndjson').send(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
  const rows = lines.map(({ at, actor, action, subject, detail }) =>
    [at.toISOString(), actor, action, subject ?? '', detail === null ? '' : JSON.stringify(detail)]
      .map(csvCell)
      .join(','),
  )
  response.type('text/csv').send(`${['at,actor,action,subject,detail', ...rows].join('\r\n')}\r\n`)
}

/** Spreadsheets run what begins like a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
