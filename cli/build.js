import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = new URL('../', import.meta.url)
const at = (path) => fileURLToPath(new URL(path, root))

const PROGRAM = {
  sources: ['runtime', 'cli', 'tsconfig.json', 'tsconfig.build.json'],
  stamp: 'dist/.stamp',
  out: 'dist',
  output: 'dist/cli/index.js',
  command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--pretty', 'false'],
  what: 'metrics',
}
const PAGES = {
  sources: ['web', 'runtime/countries'],
  stamp: 'web/dist/.stamp',
  out: 'web/dist',
  output: 'web/dist/index.html',
  command: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  // Whatever this process is: tests set another, and React would be the one for developers.
  env: { NODE_ENV: 'production' },
  what: 'the dashboard',
}

/** Builds dist/ when a source is newer. A published package has no sources and is always built. */
export const ensureBuilt = () => ensure(PROGRAM)

export const ensurePages = () => ensure(PAGES)

function ensure(target) {
  if (!existsSync(at(target.command[0]))) return
  if (isFresh(target)) return
  const unlock = lock(target)
  try {
    if (!isFresh(target)) build(target)
  } finally {
    unlock()
  }
}

function build(target) {
  const started = new Date()
  process.stderr.write(`Building ${target.what} …\n`)
  const [script, ...args] = target.command
  const result = spawnSync(process.execPath, [at(script), ...args], {
    cwd: at('.'),
    encoding: 'utf8',
    env: { ...process.env, ...target.env },
  })
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim()
  if (said) process.stderr.write(`${said}\n`)
  if (!existsSync(at(target.output))) {
    process.stderr.write(`Building ${target.what} failed.\n`)
    process.exit(70)
  }
  // The compiler puts out what it can; the bundler nothing, so what is there is older than its sources.
  if (target === PAGES && result.status !== 0) return
  writeFileSync(at(target.stamp), '')
  // The time the build began: a source saved while it ran is newer.
  utimesSync(at(target.stamp), started, started)
}

function isFresh(target) {
  if (!existsSync(at(target.output))) return false
  const stamp = statSync(at(target.stamp), { throwIfNoEntry: false })
  return stamp !== undefined && !target.sources.some((source) => hasNewer(at(source), stamp.mtimeMs))
}

function hasNewer(path, time) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return false
  if (!stat.isDirectory()) return stat.mtimeMs > time
  return readdirSync(path).some((name) => name !== 'dist' && hasNewer(`${path}/${name}`, time))
}

function lock(target) {
  const file = at(`node_modules/.${target.out.replace('/', '-')}.lock`)
  mkdirSync(at(target.out), { recursive: true })
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isAbandoned(file)) rmSync(file, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
  }
}

function isAbandoned(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}
