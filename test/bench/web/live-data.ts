import type { DemoServer } from './demo-server.ts'

let sent = 0

/** One more session in the data; resolves when the models have it. */
export async function changeData({ url, key }: Pick<DemoServer, 'url' | 'key'>): Promise<void> {
  const before = await versionOf(url, key)
  const time = new Date().toISOString()
  const id = `bench-${process.pid}-${Date.now()}-${sent++}`
  const event = {
    specversion: '1.0',
    id,
    source: 'bench',
    type: 'agent.session.started',
    time,
    data: { session_id: id, agent: 'bench', user_id: 'bench' },
  }
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' }
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify([event]) })
  if (!response.ok) throw new Error(`Sending an event gave ${response.status}: ${await response.text()}`)
  const until = performance.now() + 30_000
  while ((await versionOf(url, key)) === before) {
    if (performance.now() > until) throw new Error('The models did not take up the event.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function versionOf(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/freshness`, { headers: { authorization: `Bearer ${key}` } })
  return ((await response.json()) as { data: string }).data
}
