import { diagnostic, UserError } from '../../diagnostics/index.ts'

/** What a failure to open a DuckDB file means to its user; undefined where it is none of theirs. */
export function openError(error: unknown, path: string): UserError | undefined {
  const text = error instanceof Error ? error.message : String(error)
  const found = causes.find(({ pattern }) => pattern.test(text))
  return found && new UserError(found.explain(path, text))
}

const causes = [
  { pattern: /Could not set lock|being used by another process/i, explain: inUse },
  { pattern: /not a valid DuckDB database|newer version|different version of DuckDB|older version/i, explain: foreign },
  { pattern: /WAL|checksum|corrupt|Failure while replaying|Serialization Error/i, explain: damaged },
  {
    pattern: /Cannot open file|Permission denied|No such file|Is a directory|read-only|EEXIST|ENOTDIR|EACCES|EROFS/i,
    explain: unreadable,
  },
]

function inUse(path: string, text: string) {
  const pid = /PID (\d+)/.exec(text)?.[1]
  const who = pid === undefined ? 'another process' : `process ${pid}`
  return diagnostic('AM3001', `The warehouse ${path} is in use by ${who}.`, {
    hint: `Stop ${pid === undefined ? 'that process' : `it (\`kill ${pid}\`)`} or wait until it is done; while \`metrics serve\` runs, \`metrics query\` and \`metrics build\` go through it.`,
  })
}

function foreign(path: string, text: string) {
  return diagnostic('AM3005', `${path} cannot be opened as a DuckDB warehouse: ${firstLine(text)}`, {
    hint: 'Name another file under `warehouse.path` in the configuration, or move this one away and run `metrics build`.',
  })
}

function damaged(path: string, text: string) {
  return diagnostic('AM3006', `The warehouse ${path} is damaged: ${firstLine(text)}`, {
    hint: `Restore the last backup. If only the log is hurt, move ${path}.wal away: that loses what was written since the last checkpoint.`,
  })
}

function unreadable(path: string, text: string) {
  return diagnostic('AM3005', `The warehouse ${path} cannot be opened: ${firstLine(text)}`, {
    hint: 'See that its folder exists and that this user may read and write the file.',
  })
}

const firstLine = (text: string) => text.split('\n')[0]?.replace(/^[A-Za-z ]+ Error: /, '') ?? text
