import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { watch } from 'chokidar'
import { isError, UserError } from '../../runtime/diagnostics/index.ts'
import type { Runtime } from '../../runtime/index.ts'
import { type ShownProblem, shownProblems } from '../../runtime/preview/index.ts'
import { type CommandModule, textOption } from '../command.ts'
import type { Output } from '../output.ts'
import { serve } from '../server.ts'
import { showProblems } from '../show-problems.ts'
import { defineServer } from './serve.ts'

const WATCHED = ['metrics', 'models', 'dashboards', 'alerts', 'channels', 'reports']
const QUIET = 30

export const command: CommandModule = {
  define: (command) => {
    defineServer(command)
    command
      .option('--since <ms>', 'when the start began, to say how long it took')
      .option('--steps <text>', 'what it took that long for')
  },
  run: async (call) => {
    const { runtime, ended } = await serve(call)
    runtime.changes.startEditing()
    const since = Number(call.options.since)
    const steps = textOption(call.options, 'steps')
    if (since > 0)
      call.out.note(
        `  Ready in ${((Date.now() - since) / 1000).toFixed(1)} s${steps ? `: ${steps}` : ''}. Edit a file under metrics/: open pages follow. Ctrl+C stops.`,
      )
    const stop = watchDefinitions(call.project, createReload(runtime, call.out))
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

/** Puts the files live, tells open pages, and builds the models that changed and what reads them. */
function createReload(runtime: Runtime, out: Output): () => Promise<void> {
  // Models whose SQL is live but whose rows are not yet.
  const stale = new Set<string>()
  const refuse = (problems: readonly ShownProblem[], text: string) => {
    runtime.changes.report(problems)
    out.note(text)
    out.note('Not reloaded: the last good version stays live.')
  }
  return async () => {
    const start = performance.now()
    const before = runtime.project()
    const { dir } = before.config
    try {
      const project = await runtime.reload()
      const problems = project.diagnostics
      if (problems.some(isError)) {
        return refuse(shownProblems(problems.filter(isError), dir), showProblems(problems, dir, out.interactive))
      }
      runtime.changes.report([])
      out.note(`Reloaded in ${Math.round(performance.now() - start)} ms.`)
      for (const name of changedRelations(before.manifest, project.manifest)) stale.add(name)
      await rebuild(runtime, stale, out)
    } catch (error) {
      if (error instanceof UserError) {
        return refuse(shownProblems(error.diagnostics, dir), showProblems(error.diagnostics, dir, out.interactive))
      }
      const message = error instanceof Error ? error.message : String(error)
      refuse([bare(message)], message)
    }
  }
}

const bare = (message: string): ShownProblem => ({
  ...{ code: null, severity: 'error', message, hint: null, file: null, line: null, column: null, frame: [] },
})

async function rebuild(runtime: Runtime, stale: Set<string>, out: Output) {
  const { manifest, config } = runtime.project()
  const select = manifest.relations.map(({ name }) => name).filter((name) => stale.has(name))
  if (select.length === 0) return
  const start = performance.now()
  const { ok, diagnostics } = await runtime.build({ select: select.map((name) => `${name}+`) })
  runtime.changes.report(shownProblems(diagnostics.filter(isError), config.dir))
  if (!ok) {
    out.note(showProblems(diagnostics, config.dir, out.interactive))
    return out.note(`${select.join(', ')} could not be built: the rows of before stay.`)
  }
  stale.clear()
  out.note(`Built ${select.join(', ')} and what reads them in ${Math.round(performance.now() - start)} ms.`)
}

type Manifest = ReturnType<Runtime['manifest']>

function changedRelations(before: Manifest, after: Manifest): readonly string[] {
  const known = new Map(before.relations.map(({ name, sql, materialized }) => [name, `${materialized} ${sql}`]))
  return after.relations
    .filter(({ name, sql, materialized }) => known.get(name) !== `${materialized} ${sql}`)
    .map(({ name }) => name)
}
