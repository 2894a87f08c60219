import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export const LAUNCHER = join(import.meta.dirname, '../../cli/metrics.js')

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as a process of its own, as people do. */
export function runCli(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
  const child = startCli(args, options)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

export function startCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): ChildProcess {
  const { cwd = process.cwd(), env = {} } = options
  return spawn(process.execPath, [LAUNCHER, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

interface OrgLink {
  readonly org: string | null
  readonly url: string
}

/** Starts a server and resolves once it said where it is. */
export async function startServing(args: readonly string[]) {
  const child = startCli([...args, '--format', 'json'])
  let stdout = ''
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const started = await new Promise<{
    url: string
    pid: number
    sign_in: OrgLink[]
    set_up: OrgLink[]
    preview: string
  }>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
      if (stdout.endsWith('}\n')) resolve(JSON.parse(stdout))
    })
    child.on('close', (code) => reject(new Error(`The server ended with ${code}: ${stdout}${stderr}`)))
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { ...started, stop, log: () => stderr }
}
