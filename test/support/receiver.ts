import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: Record<string, unknown>
}

type Reply = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** A real HTTP receiver that keeps what it got and answers as it is told. */
export async function startReceiver(reply: (received: Received, count: number) => Reply = () => ({ status: 202 })) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const entry = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text || '{}') }
    received.push(entry)
    const { status, headers = {}, body = '' } = reply(entry, received.length)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
