import { gzipSync } from 'node:zlib'
import protobuf from 'protobufjs/light.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BusyError } from '../runtime/ingest/index.ts'
import { descriptor } from '../runtime/ingest/telemetry/otlp/descriptor.ts'
import { otlpRequest } from './support/otlp-request.ts'
import { startTelemetryServer, type TelemetryServer } from './support/telemetry.ts'

const messages = protobuf.Root.fromJSON(descriptor)

let server: TelemetryServer
beforeAll(async () => {
  server = await startTelemetryServer()
})
afterAll(() => server.close())

const good = { time: '2026-05-04T10:00:00Z', attributes: { 'event.name': 'user_prompt', 'session.id': 's-1' } }
const logs = (...records: readonly (typeof good)[]) =>
  otlpRequest({ resource: { 'service.name': 'claude-code' }, logs: records }).body

async function post(body: string | Uint8Array, headers: Record<string, string> = {}, path = '/v1/logs') {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer acme', ...headers },
    body: body as string,
  })
}

describe('the OTLP receiver', () => {
  it('leaves partial success unset when everything was taken', async () => {
    const response = await post(JSON.stringify(logs(good)))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({})
  })

  it('takes an empty request', async () => {
    expect((await post('{}')).status).toBe(200)
    expect((await post(new Uint8Array(), { 'content-type': 'application/x-protobuf' }, '/v1/metrics')).status).toBe(200)
  })

  it('says with 200 how many records it could not take, and takes the others', async () => {
    const body = logs({ ...good, time: '2026-05-04T11:00:00Z' }) as {
      resourceLogs: [{ scopeLogs: [{ logRecords: object[] }] }]
    }
    body.resourceLogs[0].scopeLogs[0].logRecords.push(
      { timeUnixNano: 'yesterday', attributes: [] },
      { timeUnixNano: '0', attributes: [{ key: 'event.name', value: { stringValue: 'user_prompt' } }] },
    )
    const response = await post(JSON.stringify(body))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      partialSuccess: {
        rejectedLogRecords: '2',
        errorMessage: 'an integer was expected; a record has no time',
      },
    })
    const times = (await server.events()).map(({ time }) => time)
    expect(times).toContain('2026-05-04T11:00:00.000Z')
  })

  it('answers protobuf with protobuf, in success and in failure', async () => {
    const broken = await post(new Uint8Array([0xff, 0xff, 0xff]), { 'content-type': 'application/x-protobuf' })
    expect(broken.status).toBe(400)
    expect(broken.headers.get('content-type')).toBe('application/x-protobuf')
    const status = messages.lookupType('Status').decode(new Uint8Array(await broken.arrayBuffer()))
    expect(status.toJSON()).toMatchObject({ code: 3, message: expect.stringContaining('not an OTLP logs request') })

    const request = messages.lookupType('LogsRequest')
    const record = { timeUnixNano: 0, attributes: [{ key: 'event.name', value: { stringValue: 'auth' } }] }
    const body = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }
    const partly = await post(request.encode(request.fromObject(body)).finish(), {
      'content-type': 'application/x-protobuf',
    })
    const answer = messages.lookupType('LogsAnswer').decode(new Uint8Array(await partly.arrayBuffer()))
    expect(answer.toJSON()).toEqual({
      partialSuccess: { rejectedLogRecords: '1', errorMessage: 'a record has no time' },
    })
  })

  it.each([
    ['a body that is not JSON', '{', {}, 400],
    ['JSON that is no request', '[1]', {}, 400],
    ['a request whose frame is broken', '{"resourceLogs":5}', {}, 400],
    ['a content type it does not know', '<x/>', { 'content-type': 'text/xml' }, 415],
    ['a content encoding it does not know', '{}', { 'content-encoding': 'compress' }, 415],
    ['a body that is not compressed as it says', '{}', { 'content-encoding': 'gzip' }, 400],
    ['a caller without a key', '{}', { authorization: '' }, 401],
  ])('refuses %s', async (_name, body, headers, status) => {
    const response = await post(body, headers)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ message: expect.stringMatching(/./) })
  })

  it('refuses a body of more than 20 MiB after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
    const response = await post(bomb, { 'content-encoding': 'gzip' })
    expect(response.status).toBe(413)
    expect((await post(Buffer.alloc(21 * 1024 * 1024, ' '))).status).toBe(413)
    expect((await post(JSON.stringify(logs(good)))).status).toBe(200)
  })

  it('keeps hostile keys, nesting and characters out of harm', async () => {
    const nested = `${'{"arrayValue":{"values":['.repeat(3000)}${']}}'.repeat(3000)}`
    const text = JSON.stringify(logs({ ...good, time: '2026-05-04T12:00:00Z' }))
    const hostile = text.replace(
      '"attributes":[{"key":"event.name"',
      `"__proto__":{"polluted":1},"attributes":[{"key":"__proto__","value":{"stringValue":"x"}},{"key":"nested","value":${nested}},{"key":"note","value":{"stringValue":"a\\u0000b\\ud800"}},{"key":"event.name"`,
    )
    expect(await (await post(hostile)).json()).toEqual({})
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    const step = (await server.events()).find(({ time, type }) => time.includes('T12:') && type.endsWith('.step'))
    expect(step?.data.attributes).toMatchObject({ note: 'a\uFFFDb\uFFFD' })
    expect(await server.deadLetters()).toEqual([])
  })

  it('survives protobuf that is nested without end, cut off, or random', async () => {
    const nested = nestedRequest(3000)
    let seed = 1
    const random = Uint8Array.from({ length: 5000 }, () => {
      seed = (seed * 48271) % 2147483647
      return seed & 255
    })
    for (const path of ['/v1/logs', '/v1/metrics', '/v1/traces']) {
      for (const body of [nested, nested.subarray(0, 500), random]) {
        const response = await post(body, { 'content-type': 'application/x-protobuf' }, path)
        expect([200, 400]).toContain(response.status)
      }
    }
    expect((await post(JSON.stringify(logs(good)))).status).toBe(200)
  })

  it('keeps tenants apart, ids included', async () => {
    const body = JSON.stringify(logs({ ...good, time: '2026-05-04T13:00:00Z' }))
    await post(body)
    await post(body, { authorization: 'Bearer globex' })
    const orgs = (await server.events()).filter(({ time }) => time.includes('T13:')).map(({ org }) => org)
    expect(orgs.sort()).toEqual(['acme', 'globex', 'globex'])
  })
})

describe('a busy server', () => {
  it('answers 429 with Retry-After, and loses nothing once asked again', async () => {
    const busy = await startTelemetryServer()
    let refusals = 1
    const ingest = {
      ...busy.ingest,
      accept: async (...given: Parameters<typeof busy.ingest.accept>) => {
        if (refusals-- > 0) throw new BusyError(7)
        return busy.ingest.accept(...given)
      },
    }
    await busy.restart({ ingest })
    const send = () =>
      fetch(`${busy.url}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer acme' },
        body: JSON.stringify(
          otlpRequest({
            resource: { 'service.name': 'claude-code' },
            metrics: [
              {
                name: 'claude_code.token.usage',
                temporality: 'cumulative',
                points: [
                  {
                    start: '2026-05-04T10:00:00Z',
                    time: '2026-05-04T10:01:00Z',
                    value: 50,
                    attributes: { type: 'input', model: 'claude-opus-5', 'session.id': 's-1' },
                  },
                ],
              },
            ],
          }).body,
        ),
      })
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await busy.events()).toEqual([])
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(200)
    const costs = (await busy.events()).filter(({ type }) => type === 'agent.cost.recorded')
    expect(costs.map(({ data }) => data.input_tokens)).toEqual([50])
    await busy.close()
  })
})

/** A log record with an attribute of lists within lists. */
function nestedRequest(depth: number): Uint8Array {
  let value: Uint8Array = Buffer.from([0x0a, 0x01, 0x61])
  for (let level = 0; level < depth; level += 1) value = field(5, field(1, value))
  const attribute = Buffer.concat([field(1, Buffer.from('key')), field(2, value)])
  return field(1, field(2, field(2, field(6, attribute))))
}

function field(number: number, content: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let left = content.length; ; left >>>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left)
    if (left <= 127) break
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content])
}
