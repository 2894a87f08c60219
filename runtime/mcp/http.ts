import type { IncomingMessage, ServerResponse } from 'node:http'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createMcpServer } from './create-mcp-server.ts'
import type { Desk } from './desk.ts'

/** Answers one request over HTTP. Nothing is kept between requests, so any instance can answer the next. */
export async function answerMcpRequest(
  desk: Desk,
  version: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
): Promise<void> {
  const server = createMcpServer(desk, version)
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  response.once('close', () => {
    void transport.close()
    void server.close()
  })
  // The class has optional handlers where the interface wants absent ones.
  await server.connect(transport as Parameters<typeof server.connect>[0])
  await transport.handleRequest(request, response, body)
}
