import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { casesOf, expectJson } from './support/cases.ts'
import { otlpRequest, type Sending } from './support/otlp-request.ts'
import { startTelemetryServer, type TelemetryServer } from './support/telemetry.ts'

/** Events of requests in the order of `requests.yml`; a `restart: true` there forgets what only memory knew. */
describe.each(casesOf('telemetry-'))('$name', (each) => {
  it('becomes the expected events, once, however often it is sent', async () => {
    const server = await startTelemetryServer()
    try {
      const sendings = read(each.dir)
      for (const sending of sendings) await send(server, sending)
      const events = await server.events()
      await expectJson(
        each,
        'events.json',
        events.map(({ org, ...event }) => event),
      )
      for (const sending of sendings) await send(server, sending)
      expect(await server.events()).toEqual(events)
      expect(await server.deadLetters()).toEqual([])
    } finally {
      await server.close()
    }
  })
})

type Line = Sending | { readonly restart: true }

function read(dir: string): readonly Line[] {
  return parse(readFileSync(join(dir, 'requests.yml'), 'utf8'))
}

async function send(server: TelemetryServer, line: Line): Promise<void> {
  if ('restart' in line) return server.restart()
  const { path, body } = otlpRequest(line)
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer acme' },
    body: JSON.stringify(body),
  })
  expect(await response.json()).toEqual({})
  expect(response.status).toBe(200)
}
