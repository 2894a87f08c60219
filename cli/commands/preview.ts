import { fail } from '../../runtime/diagnostics/index.ts'
import { type Runtime, runInMemory, type Services } from '../../runtime/index.ts'
import { readServerFile } from '../../runtime/local-server/index.ts'
import { createChanges, openPreview, type Preview } from '../../runtime/preview/index.ts'
import { type CommandModule, textOption } from '../command.ts'
import type { Output } from '../output.ts'
import { type OpenBeside, readPort, serve } from '../server.ts'
import { defineServer } from './serve.ts'

export const command: CommandModule = {
  define: (command) => {
    defineServer(command)
    command.argument('<ref>', 'branch, tag or commit to serve beside the work tree')
    command.option('--preview-port <port>', 'port of the other version; the next one by default')
  },
  run: async (call) => {
    const { project: dir, args, options } = call
    refuseHeld(dir)
    const wanted = readPort(textOption(options, 'previewPort'))
    const { ended } = await serve(call, besideOf(dir, args[0] ?? 'HEAD', wanted, call.out))
    return ended
  },
}

/** The version of git as it is served, and what both sides say of one another. */
function besideOf(dir: string, ref: string, wanted: number | undefined, { colors }: Output): OpenBeside {
  return async (runtime, mainPort, start) => {
    const preview = await openPreview({ dir, ref, main: runtime.manifest(), warehouse: runtime.warehouse })
    const services = servicesOf(runtime, preview)
    const server = await start(services, wanted ?? mainPort + 1).catch(async (error: unknown) => {
      await preview.close()
      throw error
    })
    const { commit, widgets, built } = preview
    const changes = preview.changes.map(({ reach: _reach, source: _source, ...change }) => change)
    const info = { ref, commit, mainPort, previewPort: server.port, changes }
    runtime.changes.startPreview({ ...info, side: 'main', widgets: widgets.main })
    services.changes.startPreview({ ...info, side: 'preview', widgets: widgets.preview })
    const url = `http://localhost:${server.port}`
    const differences = `${changes.length} ${changes.length === 1 ? 'difference' : 'differences'}`
    const beside = built.length === 0 ? [] : [`  Built beside what is in use: ${built.join(', ')}`]
    return {
      facts: { preview: url, ref, commit, differences: changes.length, built },
      lines: [
        `${colors.green('●')} ${ref} (${commit.slice(0, 8)}) is served at ${colors.bold(url)}: ${differences}`,
        '  Sign in to the work tree; the session counts for both.',
        ...beside,
      ],
      close: async () => {
        await server.close()
        await preview.close()
      },
    }
  }
}

/** DuckDB lets one process write; a preview builds models of its own. */
function refuseHeld(dir: string) {
  const running = readServerFile(dir)
  if (running === undefined) return
  fail(
    'AM5005',
    `This project is served already at ${running.url} by process ${running.pid}, which holds the warehouse.`,
    {
      hint: `A preview serves the work tree as well, so stop that server first: kill ${running.pid}`,
    },
  )
}

/** Everything as in the work tree, but what is defined, and how it is asked. */
function servicesOf(runtime: Runtime, { manifest, layer, project }: Preview): Services {
  const refuse = () =>
    fail('AM5049', 'This is a preview: its files are those of git.', { hint: 'Use the server of the work tree.' })
  return {
    ...runtime,
    semantic: layer,
    manifest: () => manifest,
    changes: createChanges(),
    runTests: (names) => runInMemory(project, names),
    check: async () => project,
    draft: async () => ({ layer, errors: 0 }),
    build: async () => refuse(),
    seedDemo: async () => refuse(),
  }
}
