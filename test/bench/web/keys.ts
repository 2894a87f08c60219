import type { DemoServer } from './demo-server.ts'

const KEYS = 100

/** Keys of several people in turn of these roles: what limits one key is no limit of the server. */
export async function makeKeys(
  { url, key }: Pick<DemoServer, 'url' | 'key'>,
  roles: readonly string[],
): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const keys: string[] = []
  for (let at = 0; at < KEYS; at += 1) {
    const body = JSON.stringify({ role: roles[at % roles.length], user: `bench-${at}`, name: `bench ${at}` })
    const response = await fetch(`${url}/api/v1/keys`, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`Making a key gave ${response.status}: ${await response.text()}`)
    keys.push(((await response.json()) as { key: string }).key)
  }
  return keys
}
