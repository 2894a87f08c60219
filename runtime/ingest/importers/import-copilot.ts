import { finishCost, finishTokens } from '../telemetry/usage/index.ts'
import { type Imported, type ImportedEvent, importedEvent, type Place, type Skipped } from './imported.ts'
import { readRows } from './read-rows.ts'
import { count, number, type Row, row, rows, text, time } from './value.ts'

const SOURCE = 'copilot'
/** USD; GitHub sells them at this price. */
const AI_CREDIT = 0.01

/**
 * Events of GitHub Copilot's usage reports by user (JSON or NDJSON) and of its list of seats. A report knows days, not
 * sessions: what a person did in a mode on a day becomes one session without an end.
 */
export function importCopilotReport(document: string, place: Place = {}): Imported {
  const { items, skipped } = readRows(document, ['day_totals', 'user_totals', 'seats'])
  const problems: Skipped[] = [...skipped]
  const events = items.flatMap(({ line, item }) => {
    const found = readItem(item, place)
    if (typeof found !== 'string') return found
    problems.push({ line, reason: found })
    return []
  })
  return { events, skipped: problems }
}

function readItem(item: Row, place: Place): readonly ImportedEvent[] | string {
  if (item.assignee !== undefined) return seat(item)
  const user = text(item.user_login)
  const day = time(item.day)
  if (user === '' && item.day !== undefined)
    return 'totals of an organisation: the report by user says the same in detail'
  if (user === '') return 'totals of a period: a report by day is needed'
  if (day === '') return 'without a day'
  const about = { agent: 'copilot', ...place, user_id: place.user_id ?? user }
  return [...modes(item).flatMap((mode) => activity(item, mode, user, day, about)), ...costs(item, user, day, about)]
}

type Mode = 'completions' | 'edit' | 'agent'
type About = Readonly<Record<string, unknown>>

function modeOf(feature: unknown): Mode {
  const name = text(feature)
  if (name === 'code_completion' || name === 'others') return 'completions'
  return /agent|cli/.test(name) ? 'agent' : 'edit'
}

/** Modes in which something was done on the day. */
function modes(item: Row): readonly Mode[] {
  const did = rows(item.totals_by_feature).filter(
    (each) => count(each.user_initiated_interaction_count) + count(each.code_generation_activity_count) > 0,
  )
  const wrote = rows(item.totals_by_language_feature).filter(
    (each) => count(each.loc_added_sum) + count(each.loc_deleted_sum) > 0,
  )
  const used = new Set([...did, ...wrote].map(({ feature }) => modeOf(feature)))
  if (item.used_agent === true || item.used_cli === true || item.used_copilot_coding_agent === true) used.add('agent')
  return [...used].sort()
}

function activity(item: Row, mode: Mode, user: string, day: string, about: About): readonly ImportedEvent[] {
  const session = sessionOf(user, day, mode)
  const inMode = (list: unknown) => rows(list).filter(({ feature }) => modeOf(feature) === mode)
  const features = inMode(item.totals_by_feature)
  const model = busiest(inMode(item.totals_by_model_feature))
  const sum = (field: string) => features.reduce((total, each) => total + count(each[field]), 0)
  const start = finishTokens({
    ...about,
    session_id: session,
    mode,
    is_daily_total: true,
    interactions: sum('user_initiated_interaction_count'),
    generations: sum('code_generation_activity_count'),
    acceptances: sum('code_acceptance_activity_count'),
    ...(mode === 'agent' ? { runs: count(row(item.totals_by_cli).session_count) } : {}),
    ...(model === undefined ? {} : { model }),
  })
  return [
    importedEvent(SOURCE, 'agent.session.started', session, day, start, [session]),
    ...inMode(item.totals_by_language_feature).flatMap((each) => output(each, session, day, about)),
  ]
}

function output(each: Row, session: string, day: string, about: About): readonly ImportedEvent[] {
  const lines = { loc_added: count(each.loc_added_sum), loc_deleted: count(each.loc_deleted_sum) }
  if (lines.loc_added + lines.loc_deleted === 0) return []
  const [language, feature] = [text(each.language), text(each.feature)]
  const data = { ...about, session_id: session, kind: 'code', language, feature, ...lines }
  return [importedEvent(SOURCE, 'agent.session.output', session, day, data, [session, language, feature])]
}

function costs(item: Row, user: string, day: string, about: About): readonly ImportedEvent[] {
  const usage = row(row(item.totals_by_cli).token_usage)
  const credits = number(item.ai_credits_used)
  const tokens = { input_tokens: count(usage.prompt_tokens_sum), output_tokens: count(usage.output_tokens_sum) }
  if (credits === 0 && tokens.input_tokens + tokens.output_tokens === 0) return []
  const model = busiest(rows(item.totals_by_model_feature).filter(({ feature }) => modeOf(feature) === 'agent'))
  const session = modes(item).includes('agent') ? sessionOf(user, day, 'agent') : null
  const data = finishTokens({
    ...about,
    ...(session === null ? {} : { session_id: session }),
    kind: 'tokens',
    currency: 'USD',
    ...(model === undefined ? {} : { model }),
    ...tokens,
    ...(credits > 0 ? { amount: credits * AI_CREDIT, imputed: true, quantity: credits, unit: 'ai-credits' } : {}),
  })
  return [importedEvent(SOURCE, 'agent.cost.recorded', session, day, finishCost(data, new Date(day)), [user, day])]
}

function busiest(models: readonly Row[]): string | undefined {
  const known = models.filter(({ model }) => !['', 'others', 'unknown'].includes(text(model)))
  const [first] = [...known].sort(
    (a, b) => count(b.code_generation_activity_count) - count(a.code_generation_activity_count),
  )
  return first && text(first.model)
}

function seat(item: Row): readonly ImportedEvent[] | string {
  const login = text(row(item.assignee).login)
  const changed = time(item.updated_at ?? item.created_at)
  if (login === '' || changed === '') return 'a seat without a person or a time'
  const id = `copilot/${login}`
  const data = {
    seat_id: id,
    user_id: login,
    plan: text(item.plan_type) || null,
    status: 'assigned',
    ...(text(item.pending_cancellation_date) === '' ? {} : { cancelled_at: text(item.pending_cancellation_date) }),
    ...(text(item.last_activity_at) === '' ? {} : { last_activity_at: time(item.last_activity_at) }),
  }
  return [importedEvent(SOURCE, 'seat.changed', id, changed, data, [id, changed, JSON.stringify(data)])]
}

const sessionOf = (user: string, day: string, mode: Mode) => `copilot/${user}/${day.slice(0, 10)}/${mode}`
