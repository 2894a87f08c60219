import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { generateEvents } from '../../models/demo/index.ts'
import { type FileProgress, ingestFile, listDeadLetters } from '../../runtime/ingest/index.ts'
import { countOf, openIngest, rowsOf, stepEvent, steps, tempDir } from './support/fixture.ts'

const MIB = 1024 * 1024

function write(name: string, content: string | Buffer): string {
  const path = join(tempDir(), name)
  writeFileSync(path, content)
  return path
}

const lines = (events: readonly unknown[]) => events.map((event) => JSON.stringify(event)).join('\n')

describe('ingestFile', () => {
  it.each([
    ['one.json', JSON.stringify(stepEvent(1), null, 2), 1],
    ['list.json', JSON.stringify(steps(5000), null, 1), 5000],
    ['compact.json', JSON.stringify(steps(5000)), 5000],
    [
      'behind.json',
      steps(3)
        .map((event) => JSON.stringify(event, null, 2))
        .join('\n'),
      3,
    ],
    ['empty.json', '[]', 0],
    ['nothing.ndjson', '', 0],
    ['lines.ndjson', `${lines(steps(5000))}\n`, 5000],
    ['windows.jsonl', lines(steps(50)).replaceAll('\n', '\r\n\r\n'), 50],
    ['packed.ndjson.gz', gzipSync(lines(steps(5000))), 5000],
    ['packed.json.gz', gzipSync(JSON.stringify(steps(5000))), 5000],
    ['parts.ndjson.gz', Buffer.concat([gzipSync(`${lines(steps(10))}\n`), gzipSync(lines(steps(10, 10)))]), 20],
    ['text.json', JSON.stringify([stepEvent(1, { summary: 'a "quoted" ]}, [{ \\ \n' }), stepEvent(2)]), 2],
  ])('takes %s', async (name, content, count) => {
    const ingest = await openIngest()
    const report = await ingestFile(ingest, write(name, content), { org: 'acme' })
    expect(report).toMatchObject({ accepted: count, duplicates: 0, rejected: 0, rejections: [] })
    expect(report.bytesRead).toBe(report.totalBytes)
    expect(await countOf(ingest.warehouse)).toBe(count)
  })

  it('tells how far it is, and takes nothing twice', async () => {
    const ingest = await openIngest()
    const path = write('events.ndjson', lines(steps(20_000)))
    const seen: FileProgress[] = []
    await ingestFile(ingest, path, { org: 'acme', onProgress: (progress) => seen.push(progress) })
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.map(({ accepted }) => accepted)).toEqual(seen.map((_, index) => (index + 1) * 2000))
    expect(await ingestFile(ingest, path, { org: 'acme' })).toMatchObject({ accepted: 0, duplicates: 20_000 })
  })

  it('names the lines that were rejected and takes the others', async () => {
    const ingest = await openIngest()
    const content = [
      JSON.stringify(stepEvent(1)),
      '',
      '{"id"',
      JSON.stringify(stepEvent(2, { step: 'x' })),
      JSON.stringify(stepEvent(3)),
    ]
    const report = await ingestFile(ingest, write('events.ndjson', content.join('\n')), { org: 'acme' })
    expect(report).toMatchObject({ accepted: 2, rejected: 2 })
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
      [3, 'AM7001'],
      [4, 'AM7004'],
    ])
    const letters = await listDeadLetters(ingest.warehouse)
    expect(letters.map(({ origin }) => origin).sort()).toEqual([`${report.file}:3`, `${report.file}:4`])
  })

  it('never holds a line of 100 MB in memory', async () => {
    const ingest = await openIngest()
    const path = write(
      'long.ndjson',
      Buffer.concat([
        Buffer.from(`${JSON.stringify(stepEvent(1))}\n{"id":"`),
        Buffer.alloc(100 * MIB, 0x61),
        Buffer.from(`"}\n${JSON.stringify(stepEvent(2))}\n`),
      ]),
    )
    const before = process.memoryUsage().rss
    const report = await ingestFile(ingest, path, { org: 'acme' })
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * MIB)
    expect(report).toMatchObject({ accepted: 2, rejected: 1, rejections: [{ line: 2, code: 'AM7006' }] })
  })

  it('takes the events of many tenants, each with the time of its first receipt', async () => {
    const ingest = await openIngest()
    const events = [...generateEvents({ days: 3, until: new Date('2026-06-01T00:00:00Z') })]
    const orgs = new Set(events.map(({ orgid }) => orgid))
    expect(orgs.size).toBeGreaterThan(1)
    const report = await ingestFile(ingest, write('demo.ndjson', lines(events)))
    expect(report).toMatchObject({ accepted: events.length, rejected: 0 })
    const rows = await rowsOf(ingest.warehouse, 'SELECT org_id, max(received_at) AS latest FROM raw.events GROUP BY 1')
    expect(new Set(rows.map(({ org_id }) => org_id))).toEqual(orgs)
    expect(rows.every(({ latest }) => String(latest) < '2026-06-01T00:10')).toBe(true)
  })

  it('says what is wrong with a file', async () => {
    const ingest = await openIngest()
    const events = lines(steps(3))
    await expect(ingestFile(ingest, '/no/such/file.json', { org: 'acme' })).rejects.toThrow('AM7030')
    await expect(ingestFile(ingest, tempDir(), { org: 'acme' })).rejects.toThrow('AM7030')
    const cut = write('cut.ndjson.gz', gzipSync(events).subarray(0, 60))
    await expect(ingestFile(ingest, cut, { org: 'acme' })).rejects.toThrow('AM7030')
    await expect(ingestFile(ingest, write('events.ndjson', events))).rejects.toThrow('AM7026')
  })
})
