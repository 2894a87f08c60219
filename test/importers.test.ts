import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectFormat, importDocument, withoutKnownSessions } from '../runtime/ingest/importers/index.ts'
import { createIngest, takeFiles } from '../runtime/ingest/index.ts'
import { openWarehouse } from '../runtime/warehouse/index.ts'
import { casesOf, expectJson } from './support/cases.ts'

describe.each(casesOf('import-'))('$name', (each) => {
  const [file = ''] = readdirSync(each.dir)
  const document = readFileSync(join(each.dir, file), 'utf8')

  it('becomes the expected events', async () => {
    await expectJson(each, 'events.json', importDocument(formatOf(document), document))
  })

  it('gives events that ingest takes, once', async () => {
    const { events } = importDocument(formatOf(document), document)
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
    const ingest = await createIngest({ warehouse })
    const statuses = async () => [...new Set((await ingest.accept('acme', events)).map(({ status }) => status))]
    expect(await statuses()).toEqual(['accepted'])
    expect(await statuses()).toEqual(['duplicate'])
    await ingest.close()
    await warehouse.close()
  })

  it('keeps nothing of what people and tools wrote', () => {
    const text = JSON.stringify(importDocument(formatOf(document), document).events)
    expect(text).not.toMatch(/hunter2|secret|old_string|cat \.env|no such file/)
  })
})

describe('an import', () => {
  it('leaves out sessions that telemetry told of', async () => {
    const document = readFileSync(join(import.meta.dirname, 'input/import-claude-resumed/transcript.jsonl'), 'utf8')
    const { events } = importDocument('claude-transcript', document)
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
    const ingest = await createIngest({ warehouse })
    const data = { session_id: 's-1', agent: 'claude-code' }
    const time = '2026-01-21T09:00:00Z'
    const started = {
      specversion: '1.0',
      id: '1',
      source: '/telemetry/claude-code',
      type: 'agent.session.started',
      time,
      data,
    }
    await ingest.accept('acme', [{ ...started, subject: 's-1' }])
    const left = await withoutKnownSessions(warehouse, 'acme', events)
    expect([...new Set(left.map(({ subject }) => subject))]).toEqual(['s-2'])
    expect(await withoutKnownSessions(warehouse, 'globex', events)).toHaveLength(events.length)
    await ingest.close()
    await warehouse.close()
  })

  it('knows its formats, and CloudEvents are none of them', () => {
    expect(detectFormat('{"specversion":"1.0","type":"agent.session.started","sessionId":"x"}')).toBeNull()
    expect(detectFormat('')).toBeNull()
    expect(detectFormat('a,b\n1,2')).toBeNull()
  })
})

describe('files', () => {
  it('are taken in whatever format they are, from folders and patterns, and what is none is left alone', async () => {
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
    const ingest = await createIngest({ warehouse })
    const dir = mkdtempSync(join(tmpdir(), 'metrics-import-'))
    const inputs = join(import.meta.dirname, 'input')
    mkdirSync(join(dir, 'project/deep'), { recursive: true })
    copyFileSync(join(inputs, 'import-claude-resumed/transcript.jsonl'), join(dir, 'project/deep/a.jsonl'))
    const event = {
      specversion: '1.0',
      id: 'e',
      source: '/x',
      type: 'agent.session.started',
      data: { session_id: 'x' },
    }
    writeFileSync(join(dir, 'project/events.ndjson'), JSON.stringify({ ...event, data: { ...event.data, agent: 'x' } }))
    writeFileSync(join(dir, 'project/settings.json'), '{ "theme": "dark" }')
    writeFileSync(join(dir, 'project/notes.txt'), 'not looked at')
    const reports = await takeFiles(ingest, [dir, join(dir, '**/*.jsonl')], { org: 'acme' })
    expect(reports.map(({ file, format, rejected }) => [file.slice(dir.length + 9), format, rejected])).toEqual([
      ['deep/a.jsonl', 'claude-transcript', 0],
      ['events.ndjson', 'cloudevents', 0],
      ['settings.json', null, 0],
    ])
    const { rows } = await warehouse.query('SELECT count(*) FROM raw.events')
    expect(rows).toEqual([[reports.reduce((sum, { accepted }) => sum + accepted, 0)]])
    const again = await takeFiles(ingest, [join(dir, 'pro*/**')], { org: 'acme' })
    expect(again.map(({ accepted }) => accepted)).toEqual([0, 0, 0, 0])
    await expect(takeFiles(ingest, [join(dir, '*.csv')])).rejects.toThrow(/names no files/)
    await expect(takeFiles(ingest, [join(dir, 'none')])).rejects.toThrow(/no file/)
    await expect(takeFiles(ingest, [join(dir, 'project/deep')])).rejects.toThrow(/says no tenant/)
    await ingest.close()
    await warehouse.close()
    rmSync(dir, { recursive: true })
  })

  it('name who and where, where they do not say', async () => {
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
    const ingest = await createIngest({ warehouse })
    const file = join(import.meta.dirname, 'input/import-claude-resumed/transcript.jsonl')
    await takeFiles(ingest, [file], { org: 'acme', place: { user_id: 'ada' } })
    const { rows } = await warehouse.query(
      `SELECT DISTINCT cast(data AS json) ->> 'user_id' FROM raw.events WHERE type = 'agent.session.started'`,
    )
    expect(rows).toEqual([['ada']])
    await ingest.close()
    await warehouse.close()
  })
})

/** Samples of others, which do not come with the repository. */
const SAMPLES = process.env.SAMPLES_DIR ?? join(import.meta.dirname, '../../shared/data')
const transcripts = samples('claude-code-transcripts', /\.jsonl$/)
const reports = samples('copilot-samples', /(users.*report|seats).*\.json$/)
if (transcripts.length + reports.length === 0) console.warn(`SKIPPED: there are no samples in ${SAMPLES}.`)

describe.skipIf(transcripts.length === 0)('sample transcripts', () => {
  it.each(transcripts)('%s: every session starts, ends and counts each request once', (file) => {
    const document = readFileSync(file, 'utf8')
    expect(detectFormat(document)).toBe('claude-transcript')
    const { events, skipped } = importDocument('claude-transcript', document)
    const of = (type: string) => events.filter((event) => event.type === type)
    const parsed = document.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line)]
      } catch {
        return []
      }
    })
    const requests = parsed.filter((line) => line?.type === 'assistant' && line.message.usage)
    const sessions = new Set(parsed.filter((line) => line?.timestamp).map((line) => line.sessionId))
    expect(of('agent.session.started')).toHaveLength(sessions.size)
    expect(of('agent.session.ended')).toHaveLength(sessions.size)
    expect(of('agent.cost.recorded')).toHaveLength(
      new Set(requests.map((line) => line.message.id + line.requestId)).size,
    )
    const sum = of('agent.cost.recorded').reduce((total, { data }) => total + Number(data.output_tokens), 0)
    const last = new Map(requests.map((line) => [line.message.id + line.requestId, line.message.usage.output_tokens]))
    expect(sum).toBe([...last.values()].reduce((total, tokens) => total + tokens, 0))
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    expect(skipped.length).toBe(file.includes('edge_cases') ? 5 : 0)
  })
})

describe.skipIf(reports.length === 0)('sample reports of Copilot', () => {
  it.each(reports)('%s is taken, and adds up', async (file) => {
    const document = readFileSync(file, 'utf8')
    expect(detectFormat(document)).toBe('copilot-report')
    const { events } = importDocument('copilot-report', document)
    const parsed = JSON.parse(document)
    const rows: Record<string, number>[] = parsed.day_totals ?? []
    const sum = (field: string) =>
      events.filter(({ type }) => type.endsWith('.output')).reduce((total, { data }) => total + Number(data[field]), 0)
    const byLanguage = (field: string) =>
      rows
        .flatMap((row) => (row.totals_by_language_feature ?? []) as unknown as Record<string, number>[])
        .reduce((total, row) => total + (row[field] ?? 0), 0)
    expect(sum('loc_added')).toBe(byLanguage('loc_added_sum'))
    expect(sum('loc_deleted')).toBe(byLanguage('loc_deleted_sum'))
    expect(events.filter(({ type }) => type === 'seat.changed')).toHaveLength(parsed.seats?.length ?? 0)
  })
})

function formatOf(document: string) {
  const format = detectFormat(document)
  if (format === null) throw new Error('The format is not known.')
  return format
}

function samples(folder: string, name: RegExp): readonly string[] {
  const dir = join(SAMPLES, folder)
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((file) => name.test(file))
        .map((file) => join(dir, file))
    : []
}
