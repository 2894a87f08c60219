import pc from 'picocolors'

type Colors = ReturnType<typeof pc.createColors>

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  /** True with `--format json`: stdout is one JSON document. */
  readonly json: boolean
  /** Colours for stdout. */
  readonly colors: Colors
  /** Progress may be redrawn in place on stderr. */
  readonly interactive: boolean
  readonly width: number
  print(text: string): void
  /** Bytes of a protocol, as they are. */
  raw(chunk: Uint8Array | string): void
  /** The JSON document. */
  result(value: unknown): void
  note(text: string): void
  status(text: string): void
  flush(): Promise<void>
}

/**
 * Takes stdout for the command alone: what libraries print there goes to stderr, so that a pipe reads the result and
 * nothing else.
 */
export function takeStdout(): Omit<Output, 'json'> {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  const colored = process.stdout.isTTY === true && wantsColor()
  return {
    colors: pc.createColors(colored),
    interactive: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    width: process.stdout.columns ?? 120,
    print: (text) => void write(`${text}\n`),
    raw: (chunk) => void write(chunk),
    result: (value) => void write(`${JSON.stringify(value, null, colored ? 2 : undefined)}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    status: (text) => {
      if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[2K${text}`)
    },
    flush: () => new Promise((resolve) => void write('', () => resolve())),
  }
}

function wantsColor() {
  return !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}
