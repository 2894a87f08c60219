import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
// @ts-expect-error: plain JavaScript, since it runs before anything is built.
import { ensureBuilt } from '../../../cli/build.js'

ensureBuilt()

export interface Child {
  /** Of a server that takes requests. */
  readonly url: string
  readonly process: ChildProcess
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>
}

/** Starts a built ingest server on a warehouse, in a process of its own; with brokers it reads a topic instead. */
export async function startChild(path: string, ...kafka: readonly string[]): Promise<Child> {
  const script = new URL('./ingest-server.js', import.meta.url)
  const child = fork(script, [path, ...kafka], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exit = once(child, 'exit')
  const port = await Promise.race([once(child, 'message').then(([{ port }]) => port), exit.then(() => null)])
  if (port === null) throw new Error('The server did not start.')
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    async kill() {
      if (child.exitCode !== null) throw new Error(`The server ended by itself with ${child.exitCode}.`)
      child.kill('SIGKILL')
      await exit
    },
  }
}
