import { createRuntime, type RunningServer, type Runtime, startServer } from '../../runtime/index.ts'
import { sampleProject } from './sample-project.ts'

type Key = Parameters<Runtime['identity']['createKey']>[0]
interface Call extends Omit<RequestInit, 'body' | 'headers'> {
  /** Name of a key that was made, or a key. */
  readonly as?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface SampleServer {
  readonly runtime: Runtime
  readonly url: string
  /** Everything that would have been logged as a mistake of the server. */
  readonly bugs: unknown[]
  readonly call: (path: string, call?: Call) => Promise<Response>
  /** The status and the JSON of the answer. */
  readonly ask: <T = Record<string, unknown>>(path: string, call?: Call) => Promise<{ status: number; body: T }>
  readonly close: () => Promise<void>
}

/** The sample project, served as it would be, with API keys by name. */
export async function serveSample(
  keys: Readonly<Record<string, Key>>,
  files: Readonly<Record<string, string>> = {},
  prepare: (runtime: Runtime) => Promise<void> = async () => undefined,
): Promise<SampleServer> {
  const project = sampleProject(files)
  const runtime = await createRuntime(project.dir)
  await prepare(runtime)
  await runtime.build({})
  const bugs: unknown[] = []
  const server: RunningServer = await startServer(runtime, {
    port: 0,
    host: '127.0.0.1',
    pagesDir: `${import.meta.dirname}/../../web/public`,
    localToken: 'local-token',
    onBug: (error) => bugs.push(error),
  })
  const made = new Map<string, string>()
  for (const [name, key] of Object.entries(keys)) made.set(name, (await runtime.identity.createKey(key, 'test')).key)
  const url = `http://127.0.0.1:${server.port}`
  const call: SampleServer['call'] = (path, { as, body, headers, ...init } = {}) =>
    fetch(url + path, {
      redirect: 'manual',
      method: body === undefined ? 'GET' : 'POST',
      ...init,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${made.get(as) ?? as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    runtime,
    url,
    bugs,
    call,
    ask: async <T>(path: string, init?: Call) => {
      const response = await call(path, init)
      return { status: response.status, body: (await response.json()) as T }
    },
    close: async () => {
      await server.close()
      await runtime.close()
      project.remove()
    },
  }
}
