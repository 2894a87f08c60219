import type { Command } from 'commander'
import type { CommandModule } from '../command.ts'
import { serve } from '../server.ts'

export const command: CommandModule = {
  define: defineServer,
  run: async (call) => (await serve(call)).ended,
}

export function defineServer(command: Command) {
  command
    .option('--port <port>', 'port to listen on; 4000 by default')
    .option('--host <host>', 'address to listen on; 127.0.0.1 by default')
    .option('--no-live', 'do not go on with demo data; data of your own is never added to')
}
