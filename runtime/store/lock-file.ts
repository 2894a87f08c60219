import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Takes the lock for this process. Gives back the function that frees it, or the pid of the living process that
 * holds it. A lock whose process is gone is taken over.
 */
export function takeLock(file: string): (() => void) | { readonly heldBy: number } {
  mkdirSync(dirname(file), { recursive: true })
  const mine = processMark(process.pid)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      return () => release(file, mine)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      const holder = livingHolder(file)
      if (holder !== undefined) return { heldBy: holder }
      removeAbandoned(file)
    }
  }
  return { heldBy: livingHolder(file) ?? 0 }
}

/** The pid and, where the system tells, when the process began: a pid alone is used again, in containers soon. */
export function processMark(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${pid} ${started}`
  } catch {
    return `${pid} `
  }
}

export function isAlive(mark: string): boolean {
  const pid = Number(mark.split(' ')[0])
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false
  }
  return processMark(pid) === mark
}

function livingHolder(file: string): number | undefined {
  try {
    const mark = readFileSync(file, 'utf8')
    return isAlive(mark) ? Number(mark.split(' ')[0]) : undefined
  } catch {
    return undefined
  }
}

/** Moves it aside first: of two processes that find the same dead lock, one must not remove the other's new one. */
function removeAbandoned(file: string) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (isAlive(readFileSync(aside, 'utf8'))) linkSync(aside, file)
    rmSync(aside, { force: true })
  } catch {
    // Another process was quicker: the next attempt finds out.
  }
}

function release(file: string, mine: string) {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true })
  } catch {
    // Somebody removed it: it is free.
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
