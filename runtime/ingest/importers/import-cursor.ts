import { finishCost, finishTokens } from '../telemetry/usage/index.ts'
import { type Imported, type ImportedEvent, importedEvent, type Place, type Skipped } from './imported.ts'
import { readRows } from './read-rows.ts'
import { count, isRow, number, type Row, row, text, time } from './value.ts'

const SOURCE = 'cursor'

/**
 * Events of Cursor's team API: `daily-usage-data` and `filtered-usage-events`. The days know no sessions: what a person
 * did in a mode on a day becomes one session without an end.
 */
export function importCursorUsage(document: string, place: Place = {}): Imported {
  const { items, skipped } = readRows(document, ['data', 'usageEvents', 'usageEventsDisplay'])
  const problems: Skipped[] = [...skipped]
  const events = items.flatMap(({ line, item }) => {
    const found = item.timestamp === undefined ? daily(item, place) : usage(item, place)
    if (typeof found !== 'string') return found
    problems.push({ line, reason: found })
    return []
  })
  return { events, skipped: problems }
}

const MODES = [
  { mode: 'agent', requests: ['agentRequests'] },
  { mode: 'edit', requests: ['composerRequests', 'chatRequests', 'cmdkUsages'] },
  { mode: 'completions', requests: ['totalTabsAccepted'] },
] as const

function daily(item: Row, place: Place): readonly ImportedEvent[] | string {
  const day = time(item.day ?? item.date)
  const user = text(item.email) || text(item.userId)
  if (day === '' || user === '') return 'without a day or a person'
  const used = MODES.filter(({ requests }) => requests.some((key) => count(item[key]) > 0))
  const [main] = used
  if (main === undefined || item.isActive === false) return []
  const about = aboutOf(item.email, user, place)
  const sessions = used.map(({ mode, requests }) => {
    const session = sessionOf(user, day, mode)
    const data = finishTokens({
      ...about,
      session_id: session,
      mode,
      is_daily_total: true,
      interactions: requests.reduce((sum, key) => sum + count(item[key]), 0),
      acceptances: count(item.totalAccepts),
      rejections: count(item.totalRejects),
      ...(text(item.clientVersion) === '' ? {} : { agent_version: text(item.clientVersion) }),
      ...(text(item.mostUsedModel) === '' ? {} : { model: text(item.mostUsedModel) }),
    })
    return importedEvent(SOURCE, 'agent.session.started', session, day, data, [session])
  })
  return [...sessions, ...lines(item, sessionOf(user, day, main.mode), day, about)]
}

function lines(item: Row, session: string, day: string, about: Row): readonly ImportedEvent[] {
  const loc = { loc_added: count(item.acceptedLinesAdded), loc_deleted: count(item.acceptedLinesDeleted) }
  if (loc.loc_added + loc.loc_deleted === 0) return []
  const data = { ...about, session_id: session, kind: 'code', ...loc }
  return [importedEvent(SOURCE, 'agent.session.output', session, day, data, [session])]
}

function usage(item: Row, place: Place): readonly ImportedEvent[] | string {
  const at = time(item.timestamp)
  const user = text(item.userEmail) || text(item.userId)
  if (at === '' || user === '') return 'without a time or a person'
  const tokens = row(item.tokenUsage)
  const session = sessionOf(user, at, 'agent')
  const about = aboutOf(item.userEmail, user, place)
  const counts = {
    input_tokens: count(tokens.inputTokens),
    output_tokens: count(tokens.outputTokens),
    cache_read_tokens: count(tokens.cacheReadTokens),
    cache_write_tokens: count(tokens.cacheWriteTokens),
  }
  const data = finishTokens({
    ...about,
    session_id: session,
    kind: isRow(item.tokenUsage) ? 'tokens' : 'requests',
    currency: 'USD',
    ...(text(item.model) === '' ? {} : { model: text(item.model) }),
    ...counts,
    ...amountOf(item, tokens),
    billing: text(item.kind),
  })
  const identity = [
    at,
    user,
    text(item.model),
    ...Object.values(counts),
    number(tokens.totalCents),
    number(item.chargedCents),
  ]
  const cost = importedEvent(SOURCE, 'agent.cost.recorded', session, at, finishCost(data, new Date(at)), identity)
  return [cost]
}

/** What was charged; what is included in a plan is worth its list price. */
function amountOf(item: Row, tokens: Row): Row {
  const [charged, listed] = [number(item.chargedCents), number(tokens.totalCents)]
  if (charged > 0) return { amount: cents(charged) }
  return listed > 0 ? { amount: cents(listed), imputed: true } : {}
}

const cents = (amount: number) => Number((amount / 100).toFixed(12))

function aboutOf(email: unknown, user: string, place: Place): Row {
  return {
    agent: 'cursor',
    ...place,
    ...(text(email) === '' ? { user_id: place.user_id ?? user } : { user_email: text(email) }),
  }
}

const sessionOf = (user: string, at: string, mode: string) => `cursor/${user}/${at.slice(0, 10)}/${mode}`
