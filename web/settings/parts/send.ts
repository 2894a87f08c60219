import { request } from '../../queries/request.ts'

/** Sends a change and gives what the server answers. */
export async function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const response = await request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (response.status === 204 ? undefined : response.json()) as Promise<T>
}
