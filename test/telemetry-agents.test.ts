import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { casesOf, expectJson } from './support/cases.ts'
import { otlpRequest, type Sending } from './support/otlp-request.ts'
import { startTelemetryServer, type TelemetryServer } from './support/telemetry.ts'
import { openEngines } from './warehouse/engines.ts'

const engines = await openEngines()

/** Requests in the order of `requests.yml`; there, `restart` forgets what only memory knew, and `wait` takes seconds. */
describe.each(casesOf('telemetry-'))('$name', (each) => {
  it.each(engines)('on $name becomes the expected events, once, however often it is sent', async ({ warehouse }) => {
    let now = Date.parse('2026-05-04T12:00:00Z')
    const server = await startTelemetryServer({ now: () => now }, warehouse)
    const play = async (lines: readonly Line[]) => {
      for (const line of lines) {
        if ('wait' in line) now += line.wait * 1000
        else if ('restart' in line) await server.restart()
        else await send(server, line)
      }
    }
    try {
      const lines = read(each.dir)
      await play(lines)
      const events = await server.events()
      await expectJson(
        each,
        'events.json',
        events.map(({ org, ...event }) => event),
      )
      await play(lines)
      expect(await server.events()).toEqual(events)
      expect(await server.deadLetters()).toEqual([])
    } finally {
      await server.close()
    }
  })
})

type Line = Sending | { readonly restart: true } | { readonly wait: number }

function read(dir: string): readonly Line[] {
  return parse(readFileSync(join(dir, 'requests.yml'), 'utf8'), { merge: true })
}

async function send(server: TelemetryServer, line: Sending): Promise<void> {
  const { path, body } = otlpRequest(line)
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer acme' },
    body: JSON.stringify(body),
  })
  expect(await response.json()).toEqual({})
  expect(response.status).toBe(200)
}
