import { request as httpRequest } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Ingest, listDeadLetters } from '../../runtime/ingest/index.ts'
import { countOf, duckDb, openIngest, rowsOf, serve, stepEvent, steps } from './support/fixture.ts'
import { zstdBomb, zstdHugeWindow, zstdStored } from './support/zstd.ts'

const SINGLE = 'application/cloudevents+json'
const BATCH = 'application/cloudevents-batch+json'
const LINES = 'application/x-ndjson'
const MIB = 1024 * 1024
/** An event as the command zstd packs it. */
const ZSTD =
  'KLUv/QRYhQQA0kofHHBJmzHfcGzCZmmrMbasHfVUhe1ItBW07dPp/4WHwwC52HhBQUmCsHFdFq1uXpVyPC2FbA5uwNGitLngDu/QOATnCIEjBowzxjNRq6njeySCwaKbW64WiynV1GI8W2E36648QAHjeSgL082HaLk6ntTmK874YkqVTDiy6YYFAHsnwTjXOdqLCOJ8rgkFZt/XQA=='

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    readonly accepted?: number
    readonly duplicates?: number
    readonly rejected?: number
    readonly results?: readonly { position: number; status: string; code?: string; reason?: string }[]
    readonly diagnostics?: readonly { code: string }[]
  }
}

async function post(
  url: string,
  body: string | Buffer,
  contentType: string | null = BATCH,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const type = contentType === null ? {} : { 'content-type': contentType }
  const bytes = new Uint8Array(Buffer.from(body))
  const response = await fetch(`${url}/v1/events`, { method: 'POST', body: bytes, headers: { ...type, ...headers } })
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

async function start(options: Parameters<typeof openIngest>[1] = {}): Promise<{ ingest: Ingest; url: string }> {
  const ingest = await openIngest(duckDb(), options)
  return { ingest, url: await serve(ingest) }
}

const codeOf = ({ body }: Reply) => body.diagnostics?.[0]?.code
const batch = (count: number, first = 0) => JSON.stringify(steps(count, first))

describe('POST /v1/events', () => {
  it('takes one event, a batch, lines and plain JSON', async () => {
    const { ingest, url } = await start()
    expect(await post(url, JSON.stringify(stepEvent(1)), SINGLE)).toMatchObject({
      status: 200,
      body: { accepted: 1, duplicates: 0, rejected: 0, results: [{ position: 0, status: 'accepted', id: 'step-1' }] },
    })
    expect((await post(url, batch(3, 10))).body.accepted).toBe(3)
    const lines = steps(3, 20).map((event) => JSON.stringify(event))
    expect((await post(url, `${lines.join('\r\n')}\n\n`, LINES)).body.accepted).toBe(3)
    expect((await post(url, JSON.stringify(stepEvent(30)), 'application/json; charset=utf-8')).body.accepted).toBe(1)
    expect((await post(url, `\ufeff ${batch(2, 40)} `, 'application/json')).body.accepted).toBe(2)
    expect((await post(url, '[]')).body).toEqual({ accepted: 0, duplicates: 0, rejected: 0, results: [] })
    expect(await countOf(ingest.warehouse)).toBe(10)
  })

  it('takes an event in binary mode, whose attributes are headers', async () => {
    const { ingest, url } = await start()
    const { data, ...attributes } = stepEvent(1)
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]))
    const reply = await post(url, JSON.stringify(data), 'application/json', {
      ...headers,
      'ce-subject': 'gr%C3%BC%C3%9Fe',
      'ce-comment': '50%',
    })
    expect(reply).toMatchObject({ status: 200, body: { accepted: 1 } })
    const [row] = await rowsOf(ingest.warehouse, 'SELECT subject, data, attributes FROM raw.events')
    expect(row).toMatchObject({ subject: 'grüße', attributes: '{"comment":"50%"}' })
    expect(JSON.parse(String(row?.data))).toEqual(data)
    expect((await post(url, '{"step":', 'application/json', headers)).status).toBe(400)
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdStored],
    ['identity', (bytes: Buffer) => bytes],
    ['GZIP', gzipSync],
  ])('takes a body in %s', async (encoding, pack) => {
    const { url } = await start()
    const reply = await post(url, pack(Buffer.from(batch(500))), BATCH, { 'content-encoding': encoding })
    expect(reply).toMatchObject({ status: 200, body: { accepted: 500 } })
  })

  it('takes what a compressor for zstd makes', async () => {
    const { url } = await start()
    const packed = Buffer.from(ZSTD, 'base64')
    expect((await post(url, packed, SINGLE, { 'content-encoding': 'zstd' })).body).toMatchObject({ accepted: 1 })
  })

  it('answers for each event, and only for the rejected ones if asked to', async () => {
    const { url } = await start()
    const events = [stepEvent(1), stepEvent(1), stepEvent(1, { tool: 'x' }), { id: 'x' }, stepEvent(2)]
    const reply = await post(url, JSON.stringify(events))
    expect(reply).toMatchObject({ status: 200, body: { accepted: 2, duplicates: 1, rejected: 2 } })
    expect(reply.body.results?.map(({ status, code }) => code ?? status)).toEqual([
      'accepted',
      'duplicate',
      'AM7005',
      'AM7002',
      'accepted',
    ])
    const brief = await post(url, JSON.stringify(events), BATCH, { prefer: 'return=minimal' })
    expect(brief.body).toMatchObject({ accepted: 0, duplicates: 3, rejected: 2 })
    expect(brief.body.results?.map(({ position }) => position)).toEqual([2, 3])
  })

  it('takes good lines beside broken ones and says where those are', async () => {
    const { ingest, url } = await start()
    const lines = [JSON.stringify(stepEvent(1)), '{"id":', 'nonsense', JSON.stringify(stepEvent(2)), '"text"', '\0']
    const reply = await post(url, lines.join('\n'), LINES)
    expect(reply).toMatchObject({ status: 200, body: { accepted: 2, rejected: 4 } })
    expect(reply.body.results?.map(({ code }) => code)).toEqual([
      undefined,
      'AM7001',
      'AM7001',
      undefined,
      'AM7002',
      'AM7001',
    ])
    expect(await countOf(ingest.warehouse, 'raw.dead_letters')).toBe(4)
  })

  it.each([
    ['broken', '{"id":1', SINGLE, 400, 'AM7001'],
    ['a list cut off', batch(3).slice(0, -5), BATCH, 400, 'AM7001'],
    ['a list with more behind it', `${batch(3)} x`, BATCH, 400, 'AM7001'],
    ['a list without commas', '[{} {}]', BATCH, 400, 'AM7001'],
    ['no list', JSON.stringify(stepEvent(1)), BATCH, 400, 'AM7001'],
    ['a list instead of one event', batch(1), SINGLE, 400, 'AM7002'],
    ['no event', '{}', SINGLE, 400, 'AM7002'],
    ['half a character', Buffer.from([0x22, 0xff, 0xfe, 0x22]), SINGLE, 400, 'AM7001'],
  ])('refuses a body that is %s, and keeps it', async (_what, body, contentType, status, code) => {
    const { ingest, url } = await start()
    const reply = await post(url, body, contentType)
    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject({ accepted: 0, rejected: 1, results: [{ position: 0, code }] })
    expect(await countOf(ingest.warehouse, 'raw.dead_letters')).toBe(1)
    expect((await post(url, batch(1))).body.accepted).toBe(1)
  })

  it('keeps integers that JavaScript cannot hold, as they were sent', async () => {
    const { ingest, url } = await start()
    const data =
      '{ "big": 12345678901234567890, "text": "\\ud83d\\ude00 9007199254740993", "list": [-9007199254740993] }'
    const body = JSON.stringify([{ ...stepEvent(1), data: 0 }, stepEvent(2)]).replace(
      '"data":0',
      `"x":{"data":1},"data":${data}`,
    )
    expect((await post(url, body)).body.accepted).toBe(2)
    expect((await post(url, body)).body.duplicates).toBe(2)
    const { data: _, ...attributes } = stepEvent(3)
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]))
    await post(url, data, 'application/json', headers)
    const rows = await rowsOf(ingest.warehouse, "SELECT data FROM raw.events WHERE id <> 'step-2'")
    expect(rows).toEqual([{ data }, { data }])
    const rejected = `{"id":"x","data":{"big":12345678901234567890}}`
    await post(url, rejected, SINGLE)
    expect((await listDeadLetters(ingest.warehouse))[0]?.payload).toBe(rejected)
  })

  it('answers 409 for a single event whose id another one has', async () => {
    const { url } = await start()
    await post(url, JSON.stringify(stepEvent(1)), SINGLE)
    expect((await post(url, JSON.stringify(stepEvent(1, { tool: 'x' })), SINGLE)).status).toBe(409)
    expect((await post(url, JSON.stringify(stepEvent(1)), SINGLE)).status).toBe(200)
  })

  it.each([
    ['text/plain', {}, 'AM7020'],
    ['application/xml', {}, 'AM7020'],
    ['multipart/form-data; boundary=x', {}, 'AM7020'],
    ['application/json; charset=utf-16', {}, 'AM7020'],
    [null, {}, 'AM7020'],
    ['constructor', {}, 'AM7020'],
    [BATCH, { 'content-encoding': 'compress' }, 'AM7021'],
    [BATCH, { 'content-encoding': 'gzip, gzip' }, 'AM7021'],
    [BATCH, { 'content-encoding': '__proto__' }, 'AM7021'],
  ])('answers 415 for the content type %s with %j', async (contentType, headers, code) => {
    const { url } = await start()
    const reply = await post(url, batch(1), contentType, headers)
    expect([reply.status, codeOf(reply)]).toEqual([415, code])
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
  })

  it.each(['gzip', 'deflate', 'br', 'zstd'])('answers 400 for a body that is not %s', async (encoding) => {
    const { url } = await start()
    for (const body of [batch(1), gzipSync(batch(100)).subarray(0, 40), '\0\0\0\0', '']) {
      const reply = await post(url, body, BATCH, { 'content-encoding': encoding })
      expect([reply.status, codeOf(reply)]).toEqual([400, 'AM7024'])
    }
  })

  it('refuses who may not send', async () => {
    const { url } = await start()
    expect((await post(url, batch(1), BATCH, { 'x-scopes': 'query' })).status).toBe(403)
  })

  it('keeps tenants apart', async () => {
    const { ingest, url } = await start()
    await post(url, batch(2), BATCH, { 'x-org': 'acme' })
    expect((await post(url, batch(2), BATCH, { 'x-org': 'globex' })).body.accepted).toBe(2)
    const smuggled = [{ ...stepEvent(9), org_id: 'globex', orgid: 'globex' }]
    await post(url, JSON.stringify(smuggled), BATCH, { 'x-org': 'acme' })
    const rows = await rowsOf(ingest.warehouse, 'SELECT org_id, count(*) AS n FROM raw.events GROUP BY 1 ORDER BY 1')
    expect(rows).toEqual([
      { org_id: 'acme', n: 3 },
      { org_id: 'globex', n: 2 },
    ])
  })
})

describe('hostile requests', () => {
  it.each([
    ['gzip', () => gzipSync(Buffer.alloc(200 * MIB, 0x20))],
    ['deflate', () => deflateSync(Buffer.alloc(200 * MIB, 0x20))],
    ['br', () => brotliCompressSync(Buffer.alloc(200 * MIB, 0x20))],
    ['zstd', () => zstdBomb(8000)],
  ])('stop a bomb in %s at 20 MiB', async (encoding, makeBomb) => {
    const { url } = await start()
    const bomb = makeBomb()
    expect(bomb.length).toBeLessThan(MIB)
    const before = process.memoryUsage().rss
    const reply = await post(url, bomb, BATCH, { 'content-encoding': encoding })
    expect([reply.status, codeOf(reply)]).toEqual([413, 'AM7022'])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MIB)
    expect((await post(url, batch(1))).body.accepted).toBe(1)
  })

  it('give no window of 2 GiB to a frame that asks for it', async () => {
    const { url } = await start()
    const reply = await post(url, zstdHugeWindow, BATCH, { 'content-encoding': 'zstd' })
    expect([reply.status, codeOf(reply)]).toEqual([400, 'AM7024'])
  })

  it('end at 20 MiB, whether they say their length or not', async () => {
    const { url } = await start()
    const line = Buffer.alloc(100 * MIB, 0x61)
    expect((await post(url, line, LINES)).status).toBe(413)
    const endless = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': LINES } })
      const send = () => {
        while (!request.destroyed && request.write(Buffer.alloc(64 * 1024, 0x61)));
      }
      request.on('drain', send).on('error', reject)
      request.on('response', (response) => {
        request.off('drain', send)
        response.resume()
        resolve(response.statusCode)
        request.destroy()
      })
      send()
    })
    expect(endless).toBe(413)
    expect((await post(url, batch(1))).body.accepted).toBe(1)
  })

  it('lose only the event that is too large, too deep or forbidden', async () => {
    const { ingest, url } = await start()
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    const raw = (id: number, data: string) =>
      JSON.stringify({ ...stepEvent(id), data: 0 }).replace('"data":0', `"data":${data}`)
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key_${index}`, index]))
    const lines: readonly (readonly [string | undefined, string])[] = [
      [undefined, JSON.stringify(stepEvent(1))],
      ['AM7006', raw(2, `{"summary":"${'x'.repeat(MIB)}"}`)],
      ['AM7007', raw(3, `{"a":${nested(40)}}`)],
      ['AM7007', '['.repeat(100_000)],
      ['AM7008', raw(5, '{"__proto__":{"polluted":true}}')],
      ['AM7008', raw(6, '{"a":{"\\u005f_proto__":1}}')],
      ['AM7008', raw(7, '{"constructor":{"prototype":{"polluted":true}}}')],
      ['AM7009', raw(8, '{"step":1,"step":2}')],
      ['AM7009', raw(9, '{"step":1,"\\u0073tep":2}')],
      ['AM7009', JSON.stringify(stepEvent(10)).replace('{', '{"id":"other",')],
      ['AM7010', raw(11, '{"summary":"a\\u0000b"}')],
      ['AM7010', raw(12, '{"summary":"\\ud800"}')],
      ['AM7010', JSON.stringify({ ...stepEvent(13), id: 'a\nb' })],
      ['AM7010', JSON.stringify({ ...stepEvent(14), subject: 'a\0b' })],
      ['AM7001', raw(15, '{"summary":"a\0b"}')],
      ['AM7004', raw(16, '{"duration_ms":1e999}')],
      [undefined, raw(17, JSON.stringify(many))],
      [undefined, raw(18, `{"a":${nested(29)}}`)],
      [undefined, raw(19, '{"summary":"\\\\u0000 \\\\ud800 \\"__proto__\\":"}')],
      [undefined, raw(20, '{"constructor":"a","summary":"\\ud83d\\ude00 {\\"a\\":1,\\"a\\":2}"}')],
      [undefined, JSON.stringify({ ...stepEvent(21), ...many })],
    ]
    const reply = await post(url, lines.map(([, line]) => line).join('\n'), LINES)
    expect(reply.status).toBe(200)
    expect(reply.body.results?.map(({ code }) => code)).toEqual(lines.map(([code]) => code))
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    const good = lines.filter(([code]) => code === undefined).length
    expect(await countOf(ingest.warehouse)).toBe(good)
    expect(await countOf(ingest.warehouse, 'raw.dead_letters')).toBe(lines.length - good)
    const [row] = await rowsOf(ingest.warehouse, "SELECT data, attributes FROM raw.events WHERE id = 'step-21'")
    expect(Object.keys(JSON.parse(String(row?.attributes)))).toHaveLength(10_000)
    // Every stored text is JSON that the warehouse reads.
    expect(await rowsOf(ingest.warehouse, 'SELECT count(json_keys(data::json)) AS n FROM raw.events')).toEqual([
      { n: good },
    ])
  })

  it('find the same in a batch, where a broken part leaves the others readable', async () => {
    const { url } = await start()
    const items = [
      JSON.stringify(stepEvent(1)),
      `{"a":${'['.repeat(50)}${']'.repeat(50)}}`,
      '{"a":1,"a":2}',
      '{a:1}',
      '17',
      '"]"',
      JSON.stringify(stepEvent(2, { summary: 'brackets ]}[{ and \\" quotes' })),
    ]
    const reply = await post(url, `[${items.join(' , ')}]`)
    expect(reply.body.results?.map(({ code }) => code)).toEqual([
      undefined,
      'AM7007',
      'AM7009',
      'AM7001',
      'AM7002',
      'AM7002',
      undefined,
    ])
  })

  it('keep only the beginning of what is too large', async () => {
    const { ingest, url } = await start()
    await post(url, `{"id":"${'x'.repeat(3 * MIB)}"}`, LINES)
    const [letter] = await listDeadLetters(ingest.warehouse)
    expect(letter).toMatchObject({ code: 'AM7006', truncated: true })
    expect(letter?.payload).toHaveLength(64 * 1024)
  })

  it('hold only so many events in one request', async () => {
    const { ingest, url } = await start({ limits: { eventsPerRequest: 100 } })
    expect((await post(url, batch(101))).status).toBe(413)
    expect((await post(url, '\n{}'.repeat(101), LINES)).status).toBe(413)
    expect((await post(url, batch(100))).body.accepted).toBe(100)
    expect(await countOf(ingest.warehouse)).toBe(100)
  })

  it('are told to come back before anything of them is taken', async () => {
    const { ingest, url } = await start({ limits: { queuedEvents: 200 } })
    const replies = await Promise.all(Array.from({ length: 30 }, (_, index) => post(url, batch(100, index * 100))))
    const busy = replies.filter(({ status }) => status === 429)
    expect(busy.length).toBeGreaterThan(0)
    expect(busy.every((reply) => codeOf(reply) === 'AM7023' && Number(reply.headers.get('retry-after')) >= 1)).toBe(
      true,
    )
    const taken = replies.filter(({ status }) => status === 200)
    expect(taken.every(({ body }) => body.accepted === 100)).toBe(true)
    expect(await countOf(ingest.warehouse)).toBe(taken.length * 100)
  })

  it('share the memory for bodies that are being read', async () => {
    const { ingest, url } = await start({ limits: { queuedBytes: MIB } })
    const large = (index: number) =>
      JSON.stringify([stepEvent(index, { summary: 'x'.repeat(60_000) }), ...steps(2000, 1000 * index)])
    const replies = await Promise.all(Array.from({ length: 12 }, (_, index) => post(url, large(index))))
    expect(replies.some(({ status }) => status === 429)).toBe(true)
    expect(replies.some(({ status }) => status === 200)).toBe(true)
    expect((await post(url, batch(1, 999_999))).status).toBe(200)
    expect(ingest.figures().queued).toBe(0)
  })

  it('leave no trace when they are cut off', async () => {
    const { ingest, url } = await start()
    for (let index = 0; index < 20; index++) {
      await new Promise<void>((resolve) => {
        const headers = { 'content-type': BATCH, 'content-length': '100000' }
        const request = httpRequest(`${url}/v1/events`, { method: 'POST', headers })
        request.on('error', () => resolve())
        request.write(batch(10).slice(0, 500), () => setTimeout(() => request.destroy(new Error('cut')), 2))
      })
    }
    expect((await post(url, batch(1))).body.accepted).toBe(1)
    expect(await countOf(ingest.warehouse)).toBe(1)
  })
})

describe('GET /schemas/events', () => {
  it('publishes the schemas', async () => {
    const { url } = await start()
    const all = await fetch(`${url}/schemas/events`)
    expect(all.headers.get('content-type')).toContain('application/schema+json')
    expect(await all.json()).toMatchObject({
      $id: '/schemas/events',
      $defs: { 'agent.session.started': { type: 'object' } },
    })
    const one = await fetch(`${url}/schemas/events/agent.session.ended`)
    expect(await one.json()).toMatchObject({ $id: '/schemas/events/agent.session.ended' })
    expect((await fetch(`${url}/schemas/events/__proto__`)).status).toBe(404)
  })
})
