import { type Readable, Writable } from 'node:stream'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createMcpServer } from './create-mcp-server.ts'
import type { Desk } from './desk.ts'

/** Serves an assistant that started this process, until its input ends. `write` takes whole messages with their line end. */
export async function serveStdio(
  desk: Desk,
  version: string,
  input: Readable,
  write: (text: string) => void,
): Promise<void> {
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      write(chunk.toString('utf8'))
      done()
    },
  })
  const server = createMcpServer(desk, version)
  const ended = new Promise<void>((resolve) => {
    input.once('end', resolve)
    input.once('close', resolve)
  })
  await server.connect(new StdioServerTransport(input, output))
  await ended
  await server.close()
}
