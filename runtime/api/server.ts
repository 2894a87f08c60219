import { createServer, type Server } from 'node:http'
import { fail } from '../diagnostics/index.ts'
import { type AppOptions, createApp } from './app.ts'
import type { Services } from './services.ts'

export interface RunningServer {
  readonly port: number
  readonly host: string
  /** Answers what was asked already, for ten seconds at most, and takes nothing new. */
  close(): Promise<void>
}

const PATIENCE = 10_000

export async function startServer(
  services: Services,
  { port, host, ...options }: AppOptions & { readonly port: number; readonly host: string },
): Promise<RunningServer> {
  const server = createServer(createApp(services, options))
  server.keepAliveTimeout = 65_000
  await listen(server, port, host)
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return { port: actual, host, close: () => closeGently(server) }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error)
      try {
        fail('AM5003', `Port ${port} is ${error.code === 'EACCES' ? 'not permitted' : 'in use'}.`, {
          hint: 'Take another one: --port 4001',
        })
      } catch (problem) {
        reject(problem)
      }
    })
    server.listen(port, host, resolve)
  })
}

function closeGently(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), PATIENCE)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
