import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, processMark } from '../store/index.ts'

/** How commands of this machine find the server of a project, which holds the warehouse and the store. */
export interface ServerFile {
  readonly pid: number
  readonly mark: string
  readonly url: string
  readonly token: string
}

const pathOf = (projectDir: string) => join(projectDir, '.metrics', 'server.json')

/** Only the user who runs the server may read the token. */
export function writeServerFile(projectDir: string, server: { readonly url: string; readonly token: string }) {
  const content: ServerFile = { pid: process.pid, mark: processMark(process.pid), ...server }
  mkdirSync(join(projectDir, '.metrics'), { recursive: true })
  rmSync(pathOf(projectDir), { force: true })
  writeFileSync(pathOf(projectDir), `${JSON.stringify(content)}\n`, { mode: 0o600 })
}

/** The living server of the project. A file that a killed server left is removed. */
export function readServerFile(projectDir: string): ServerFile | undefined {
  const content = readJson(pathOf(projectDir))
  if (!isServerFile(content)) return undefined
  if (isAlive(content.mark)) return content
  rmSync(pathOf(projectDir), { force: true })
  return undefined
}

export function removeServerFile(projectDir: string) {
  if (readServerFile(projectDir)?.pid === process.pid) rmSync(pathOf(projectDir), { force: true })
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isServerFile(value: unknown): value is ServerFile {
  const { pid, mark, url, token } = (typeof value === 'object' && value !== null ? value : {}) as Partial<ServerFile>
  return typeof pid === 'number' && [mark, url, token].every((text) => typeof text === 'string')
}
