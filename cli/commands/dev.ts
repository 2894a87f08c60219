import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { watch } from 'chokidar'
import { isError } from '../../runtime/diagnostics/index.ts'
import type { Runtime } from '../../runtime/index.ts'
import { type CommandModule, textOption } from '../command.ts'
import type { Output } from '../output.ts'
import { serve } from '../server.ts'
import { showProblems } from '../show-problems.ts'
import { defineServer } from './serve.ts'

const WATCHED = ['metrics', 'models', 'dashboards', 'alerts']
const QUIET = 60

export const command: CommandModule = {
  define: (command) => {
    defineServer(command)
    command
      .option('--since <ms>', 'when the start began, to say how long it took')
      .option('--steps <text>', 'what it took that long for')
  },
  run: async (call) => {
    const { runtime, ended } = await serve(call)
    const since = Number(call.options.since)
    const steps = textOption(call.options, 'steps')
    if (since > 0)
      call.out.note(
        `  Ready in ${((Date.now() - since) / 1000).toFixed(1)} s${steps ? `: ${steps}` : ''}. Edit a file under metrics/ and reload the page. Ctrl+C stops.`,
      )
    const stop = watchDefinitions(call.project, () => reload(runtime, call.out))
    return ended.finally(stop)
  },
}

/** Calls back once the files of definitions changed and came to rest. */
function watchDefinitions(dir: string, onChange: () => Promise<void>): () => Promise<void> {
  const folders = WATCHED.map((name) => join(dir, name)).filter((path) => existsSync(path))
  const watcher = watch(folders, { ignoreInitial: true, ignored: /(^|[/\\])\.|~$|node_modules/ })
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> = Promise.resolve()
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      work = work.then(onChange)
    }, QUIET)
  })
  return () => watcher.close()
}

async function reload(runtime: Runtime, out: Output) {
  const start = performance.now()
  const before = runtime.project()
  try {
    const project = await runtime.reload()
    const problems = project.diagnostics
    if (problems.some(isError)) {
      out.note(showProblems(problems, project.config.dir, out.interactive))
      out.note('Not reloaded: the last good version stays live.')
      return
    }
    out.note(`Reloaded in ${Math.round(performance.now() - start)} ms.`)
    const stale = changedRelations(before.manifest, project.manifest)
    if (stale.length > 0)
      out.note(`Models changed; to build them: metrics build --select ${stale.map((name) => `${name}+`).join(' ')}`)
  } catch (error) {
    out.note(`Not reloaded: ${error instanceof Error ? error.message : String(error)}`)
  }
}

type Manifest = ReturnType<Runtime['manifest']>

function changedRelations(before: Manifest, after: Manifest): readonly string[] {
  const known = new Map(before.relations.map(({ name, sql, materialized }) => [name, `${materialized} ${sql}`]))
  return after.relations
    .filter(({ name, sql, materialized }) => known.get(name) !== `${materialized} ${sql}`)
    .map(({ name }) => name)
}
