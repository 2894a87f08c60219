import { Writable } from 'node:stream'
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'
import { startLanguageServer } from '../../runtime/lsp/index.ts'
import type { CommandModule } from '../command.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--stdio', 'the only way there is; editors name it'),
  run: async ({ project: dir, out }) => {
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        out.raw(chunk)
        done()
      },
    })
    const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(output))
    await startLanguageServer(connection, dir)
    return 0
  },
}
