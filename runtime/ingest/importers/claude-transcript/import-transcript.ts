import { finishCost, finishTokens, isNothing } from '../../telemetry/usage/index.ts'
import { type Imported, type ImportedEvent, importedEvent, type Place, type Skipped } from '../imported.ts'
import { isRow, number, text } from '../value.ts'
import { type Entry, readEntry, tokensOf } from './entry.ts'
import { toolEvents } from './tool-events.ts'

const SOURCE = 'claude-code'

/**
 * Events of Claude Code transcripts: the lines of `~/.claude/projects/…/<session>.jsonl`, with those of its subagents'
 * files after them. What people and tools wrote is left out. Lines that were copied when a session was resumed count
 * once.
 */
export function importClaudeTranscript(lines: Iterable<string>, place: Place = {}): Imported {
  const skipped: Skipped[] = []
  const sessions = new Map<string, Entry[]>()
  let number = 0
  for (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    const entry = readEntry(line, number)
    if (typeof entry === 'string') skipped.push({ line: number, reason: entry })
    else if (entry) entriesOf(entry.session, sessions).push(entry)
  }
  const seen = new Set<string>()
  const events = [...sessions.values()].flatMap((entries) => sessionEvents(entries, place, seen))
  return { events: uniqueIds(events), skipped }
}

function entriesOf(session: string, sessions: Map<string, Entry[]>): Entry[] {
  const entries = sessions.get(session) ?? []
  sessions.set(session, entries)
  return entries
}

function sessionEvents(unordered: readonly Entry[], place: Place, seen: Set<string>): readonly ImportedEvent[] {
  const entries = [...unordered].sort((a, b) => a.time.localeCompare(b.time))
  const [first] = entries
  const last = entries.at(-1)
  if (first === undefined || last === undefined) return []
  const about = { session_id: first.session, agent: 'claude-code', ...place }
  const requests = requestEvents(entries, about, seen)
  const tools = toolEvents(entries, about)
  const prompts = entries
    .filter(isPrompt)
    .map((entry) => step(entry, about, 'prompt', { prompt_length: entry.textLength }))
  const compactions = entries
    .filter(({ row }) => row.subtype === 'compact_boundary')
    .map((entry) => step(entry, about, 'compaction', {}))
  return [started(entries, first, about), ...prompts, ...requests, ...tools, ...compactions, ended(last, about)]
}

type About = Readonly<Record<string, unknown>>

function started(entries: readonly Entry[], first: Entry, about: About): ImportedEvent {
  const model = entries.map(modelOf).find((name) => name !== undefined)
  const data = finishTokens({
    ...about,
    mode: 'agent',
    ...(first.version === '' ? {} : { agent_version: first.version }),
    ...(first.branch === '' ? {} : { branch: first.branch }),
    ...(model === undefined ? {} : { model }),
  })
  return importedEvent(SOURCE, 'agent.session.started', first.session, first.time, data, [first.session])
}

/** A transcript has no last word; the session ended with what it said last. */
function ended(last: Entry, about: About): ImportedEvent {
  const failed = last.row.isApiErrorMessage === true
  const outcome = failed ? { status: 'failed', error_type: 'api_error' } : { status: 'completed' }
  const data = { ...about, ...outcome, inferred: true }
  return importedEvent(SOURCE, 'agent.session.ended', last.session, last.time, data, [last.session, last.time])
}

/** One answer of the model comes in several lines of the same message and request; the last has the final counts. */
function requestEvents(entries: readonly Entry[], about: About, seen: Set<string>): readonly ImportedEvent[] {
  const requests = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.type === 'assistant' && modelOf(entry) !== undefined) requests.set(requestKey(entry), entry)
  }
  return [...requests].flatMap(([key, entry]) => {
    if (seen.has(key)) return []
    seen.add(key)
    return requestOf(entry, key, about)
  })
}

function requestOf(entry: Entry, key: string, about: About): readonly ImportedEvent[] {
  const { session, time, message, row, isSidechain } = entry
  const usage = finishTokens({
    ...about,
    ...(isSidechain ? { query_source: 'subagent' } : {}),
    model: modelOf(entry),
    ...tokensOf(message.usage),
  })
  const request = step(entry, usage, 'model', {
    ...(text(row.requestId) === '' ? {} : { step_id: text(row.requestId) }),
    ...(row.isApiErrorMessage === true ? { status: 'error', error_type: 'api_error' } : {}),
  })
  if (!isRow(message.usage)) return [request]
  const charged = number(row.costUSD) > 0 ? { amount: number(row.costUSD) } : {}
  const data = finishCost({ ...usage, kind: 'tokens', currency: 'USD', ...charged }, new Date(time))
  return isNothing(data)
    ? [request]
    : [request, importedEvent(SOURCE, 'agent.cost.recorded', session, time, data, [key])]
}

const requestKey = ({ message, row }: Entry) => `${text(message.id) || text(row.uuid)}:${text(row.requestId)}`

/** Messages the program wrote itself have a model in angle brackets. */
function modelOf({ message, type }: Entry): string | undefined {
  const model = type === 'assistant' ? text(message.model) : ''
  return model === '' || model.startsWith('<') ? undefined : model
}

/** What a person wrote: neither a tool's result, nor what a command printed, nor a note of the program. */
function isPrompt({ type, isMeta, isSidechain, content, textLength, message }: Entry): boolean {
  if (type !== 'user' || isMeta || isSidechain || textLength === 0) return false
  const first = typeof message.content === 'string' ? message.content : text(content[0]?.text)
  return !content.some((block) => block.type === 'tool_result') && !/^<(?:local-)?command-|^Caveat: /.test(first)
}

function step(entry: Entry, about: About, kind: string, data: About): ImportedEvent {
  const { session, time, row, line } = entry
  const identity = [session, text(row.uuid) || line, kind]
  return importedEvent(SOURCE, 'agent.session.step', session, time, { ...about, kind, status: 'ok', ...data }, identity)
}

function uniqueIds(events: readonly ImportedEvent[]): readonly ImportedEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()]
}
