import { loadConfig } from '../../runtime/config/index.ts'
import { type SeedOptions, seedDemo } from '../../runtime/demo/index.ts'
import { callServer, readServerFile } from '../../runtime/local-server/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { runBuild } from '../build-models.ts'
import { wrongOption } from '../caller.ts'
import { type CommandModule, textOption } from '../command.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .option('--days <n>', 'days of history; thirteen months by default')
      .option('--seed <n>', 'another number makes another demo; 1 by default')
      .option('--reset', 'delete all events and make the demo anew, until now'),
  run: async (call) => {
    const { options, out } = call
    const seed: SeedOptions = {
      ...readNumber(textOption(options, 'days'), 'days', 1),
      ...readNumber(textOption(options, 'seed'), 'seed', 0),
      ...(options.reset === true && { reset: true }),
    }
    out.status('Making demo events …')
    const start = performance.now()
    const { existing, added } = await fill(call.project, seed)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    out.status('')
    out.note(
      added > 0
        ? `Made ${added.toLocaleString('en-US')} events in ${seconds} s.`
        : `There are ${existing.toLocaleString('en-US')} events already; --reset makes the demo anew.`,
    )
    return runBuild(call, {}, { events: added > 0 ? added : existing, added })
  },
}

async function fill(dir: string, seed: SeedOptions) {
  const server = readServerFile(dir)
  if (server !== undefined) {
    return (await callServer(server, '/api/v1/demo', { body: seed })) as Awaited<ReturnType<typeof seedDemo>>
  }
  const config = await loadConfig(dir)
  const warehouse = await openWarehouse(config.warehouse)
  try {
    return await seedDemo(config, warehouse, seed)
  } finally {
    await warehouse.close()
  }
}

function readNumber(text: string | undefined, name: 'days' | 'seed', least: number): SeedOptions {
  if (text === undefined) return {}
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return { [name]: value }
  throw wrongOption(`--${name} is a whole number from ${least}, not '${text}'.`)
}
