import type { SqlError } from '../../sql-error.ts'

export interface FileProblem {
  readonly what: string
  readonly hint: string | undefined
}

/** What DuckDB says about a file, without the options that only its own users can set. */
export function fileProblem({ message, hint = '' }: SqlError): FileProblem {
  const text = `${message}\n${hint}`
  const line = /Line: (\d+)/.exec(text)?.[1]
  if (/not utf-8 encoded/i.test(text)) {
    return { what: `line ${line} is not UTF-8.`, hint: 'Save it as UTF-8, such as with `iconv -f latin1 -t utf-8`.' }
  }
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text)
  if (counts) {
    const original = /Original Line: (.*)/.exec(text)?.[1]
    return {
      what: `line ${line} has ${counts[2]} values where ${counts[1]} columns are expected.`,
      hint: original === undefined ? undefined : `The line is: ${original}`,
    }
  }
  const kept = hint
    .split('\n')
    .filter((part) => !/^(\s|\*|Possible|The search space|.*Candidates:|Encoding:)/.test(part))
  return {
    what: /[.!?]$/.test(message) ? message : `${message}.`,
    hint: kept.length === 0 ? undefined : kept.join('\n'),
  }
}
