import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { telemetrySettings } from '../runtime/ingest/telemetry/index.ts'
import { otlpRequest, type Sending } from './support/otlp-request.ts'
import { startTelemetryServer, type TelemetryServer } from './support/telemetry.ts'

describe('the settings of telemetry', () => {
  it('have defaults that keep no content', () => {
    expect(telemetrySettings(undefined)).toEqual({ keep: [], gapSeconds: 60, memoryDays: 2, idleMinutes: 30 })
    expect(telemetrySettings({ idleMinutes: 5 })).toMatchObject({ keep: [], idleMinutes: 5 })
  })

  it.each([
    [{ keeep: [] }, 'no key `keeep`'],
    [{ keep: ['everything'] }, 'is a list of prompts, tool_inputs, outputs'],
    [{ keep: 'prompts' }, 'is a list of prompts, tool_inputs, outputs'],
    [{ gapSeconds: -1 }, 'must be a number above 0'],
    [{ idleMinutes: '30' }, 'must be a number above 0'],
    [[], 'must be an object'],
  ])('refuse %j', (given, message) => {
    expect(() => telemetrySettings(given)).toThrow(message)
  })
})

const origin = { resource: { 'service.name': 'claude-code' }, scope: 'com.anthropic.claude_code.events' }
const PROMPT = 'our secret plan'
const COMMAND = 'cat /etc/shadow'
const prompt: Sending = {
  ...origin,
  logs: [
    {
      time: '2026-05-04T10:00:00Z',
      attributes: { 'event.name': 'user_prompt', 'session.id': 's-1', prompt: PROMPT, prompt_length: 15 },
    },
    {
      time: '2026-05-04T10:00:01Z',
      attributes: {
        'event.name': 'tool_result',
        'session.id': 's-1',
        tool_name: 'Bash',
        success: 'true',
        tool_parameters: JSON.stringify({ full_command: COMMAND, git_commit_id: 'abc123' }),
        some_new_output: 'secret plan of tomorrow',
        some_new_size: 12,
      },
    },
  ],
}

describe('content', () => {
  let server: TelemetryServer
  beforeEach(async () => {
    server = await startTelemetryServer()
  })
  afterEach(() => server.close())

  const send = async () => {
    const { path, body } = otlpRequest(prompt)
    const headers = { 'content-type': 'application/json', authorization: 'Bearer acme' }
    const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status).toBe(200)
    return (await server.events()).map(({ data }) => data)
  }

  it('is dropped, under names nobody knows yet as well', async () => {
    const stored = await send()
    expect(JSON.stringify(stored)).not.toMatch(/secret|shadow/)
    expect(stored).toContainEqual(
      expect.objectContaining({ tool: 'Bash', commit: 'abc123', attributes: { some_new_size: 12 } }),
    )
  })

  it('is kept where a setting says so, kind by kind', async () => {
    await server.restart({ settings: telemetrySettings({ keep: ['prompts'] }) })
    const stored = await send()
    expect(stored).toContainEqual(expect.objectContaining({ kind: 'prompt', content: { prompt: PROMPT } }))
    expect(JSON.stringify(stored)).not.toContain('shadow')
  })
})

describe('a caller', () => {
  it('needs the scope ingest', async () => {
    const server = await startTelemetryServer({ permit: () => ({ org: 'acme', scopes: ['query'] }) })
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(`${server.url}/v1/logs`, { method: 'POST', headers, body: '{}' })).status).toBe(403)
    await server.close()
  })
})
