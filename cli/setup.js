import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt, ensurePages, root } from './build.js'

const at = (path) => fileURLToPath(new URL(path, root))
const bin = (name) => at(`node_modules/.bin/${name}`)
const [task = 'start', ...args] = process.argv.slice(2)
const DEMO_DONE = at('.metrics/demo-done')
const INSTALLED = at('node_modules/.installed-lock.json')
const tasks = { start, test, build, pages: ensurePages, bench, screenshots }

if (tasks[task] === undefined) {
  process.stderr.write(`There is no task '${task}', only ${Object.keys(tasks).join(', ')}.\n`)
  process.exit(2)
}
await tasks[task]()

/** From an empty clone to a running server with demo data. */
async function start() {
  const since = Date.now()
  const steps = []
  const timed = (name, work) => {
    const began = Date.now()
    work()
    const seconds = (Date.now() - began) / 1000
    if (seconds >= 0.1) steps.push(`${name} ${seconds.toFixed(1)} s`)
  }
  timed('install', ensureInstalled)
  // The pages are made while the demo is.
  const pages = runBeside([at('cli/setup.js'), 'pages'])
  timed('build', ensureBuilt)
  timed('demo', ensureDemo)
  await pages
  const told = ['--since', String(since), '--steps', steps.join(', ')]
  process.argv = [process.execPath, at('cli/metrics.js'), 'dev', ...told, ...args]
  await import('./metrics.js')
}

/** Makes the demo unless it was made to its end before. */
function ensureDemo() {
  const isThere = process.env.DATABASE_URL === undefined && existsSync(at('warehouse.duckdb')) && existsSync(DEMO_DONE)
  if (isThere) return
  rmSync(DEMO_DONE, { force: true })
  run('node', [at('cli/metrics.js'), 'demo'])
  mkdirSync(at('.metrics'), { recursive: true })
  writeFileSync(DEMO_DONE, '')
}

/** Installs what the tests need, then checks and runs them. */
function test() {
  ensureInstalled()
  ensureDebianPackages()
  build()
  run(bin('tsc'), ['-p', 'tsconfig.json', '--noEmit'])
  run(bin('tsc'), ['-p', 'web'])
  run(bin('biome'), ['check', '.'])
  run(bin('vitest'), ['run', ...args])
}

function build() {
  ensureInstalled()
  ensureBuilt()
  ensurePages()
}

function bench() {
  build()
  run('node', [at('node_modules/jiti/lib/jiti-cli.mjs'), at('test/bench/index.ts'), ...args])
}

function screenshots() {
  build()
  run('node', [at('node_modules/jiti/lib/jiti-cli.mjs'), at('test/screenshots.ts'), ...args])
}

/** Where node_modules is missing, or made from another lock file than this: a lock file that was only touched is the same. */
function ensureInstalled() {
  const lock = at('package-lock.json')
  const stamp = statSync(at('node_modules/.package-lock.json'), { throwIfNoEntry: false })
  const text = readFileSync(lock, 'utf8')
  const installed = existsSync(INSTALLED) ? readFileSync(INSTALLED, 'utf8') : null
  if (stamp !== undefined && installed === text) return
  // Somebody installed by hand.
  const isNewer = stamp !== undefined && installed === null && stamp.mtimeMs >= statSync(lock).mtimeMs
  if (!isNewer) {
    process.stderr.write('Installing packages …\n')
    run('npm', ['ci', '--no-audit', '--no-fund'])
  }
  writeFileSync(INSTALLED, text)
}

/**
 * Tests drive a real browser and a real Postgres, and read what is printed. Elsewhere than on Debian as root, these are
 * for you to install.
 */
function ensureDebianPackages() {
  const missing = [
    ...(existsSync('/usr/bin/chromium') ? [] : ['chromium']),
    ...(existsSync('/usr/lib/postgresql') || onPath('initdb') ? [] : ['postgresql']),
    ...(onPath('pdftotext') ? [] : ['poppler-utils']),
  ]
  if (missing.length === 0) return
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall) {
    process.stderr.write(`Tests that need ${missing.join(' and ')} are left out: install them to run these, too.\n`)
    return
  }
  process.stderr.write(`Installing ${missing.join(' and ')} …\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], env)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], env)
}

function onPath(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

function run(command, parts, env = process.env) {
  const { status, error } = spawnSync(command === 'node' ? process.execPath : command, parts, {
    cwd: at('.'),
    stdio: 'inherit',
    env,
  })
  if (error !== undefined) process.stderr.write(`${command}: ${error.message}\n`)
  if (status !== 0) process.exit(status ?? 1)
}

/** Resolves when it has ended well; ends this process, too, if it has not. */
function runBeside(parts) {
  const child = spawn(process.execPath, parts, { cwd: at('.'), stdio: 'inherit' })
  return new Promise((resolve) => {
    child.on('exit', (status) => (status === 0 ? resolve() : process.exit(status ?? 1)))
  })
}
