import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresDir: string
  }
}

/** Gives test runs a folder for their Postgres; the first test that needs the server starts it. */
export function setup(project: TestProject) {
  const dir = mkdtempSync(join(tmpdir(), 'agent-metrics-postgres-'))
  project.provide('postgresDir', dir)
  return () => {
    stopServer(dir)
    rmSync(dir, { recursive: true, force: true })
  }
}
