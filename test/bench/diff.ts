import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LAUNCHER } from '../support/run-cli.ts'
import { generateProject } from './generated-project.ts'
import { percentile } from './timing.ts'

const ROUNDS = 7

/** The command `diff` over 400 metrics of which one changed: the process from its start to its end. */
export function benchDiff() {
  const project = generateProject({ models: 200, metrics: 400, dashboards: 50 })
  const git = (...args: readonly string[]) => spawnSync('git', ['-C', project.dir, ...args])
  try {
    git('init', '-q')
    git('add', '-A')
    git('-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '-qm', 'as it was')
    const file = 'metrics/model_7.yml'
    const text = readFileSync(join(project.dir, file), 'utf8')
    project.write(file, text.replace("= 'done'", "= 'open'"))
    const times = Array.from({ length: ROUNDS }, () => timeOf(project.dir))
    return { metrics: 400, ms: { median: percentile(times, 0.5), max: percentile(times, 1) } }
  } finally {
    project.remove()
  }
}

function timeOf(dir: string): number {
  const since = performance.now()
  const { status, stdout, stderr } = spawnSync(
    'node',
    [LAUNCHER, 'diff', 'HEAD', '--format', 'json', '--project', dir],
    {
      encoding: 'utf8',
    },
  )
  const time = performance.now() - since
  const { changes } = JSON.parse(stdout || '{}') as { changes?: readonly unknown[] }
  if (status !== 0 || (changes?.length ?? 0) === 0) throw new Error(`There is no difference: ${stdout}${stderr}`)
  return time
}
