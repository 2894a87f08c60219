import { type Code, catalogue, diagnostic } from '../../diagnostics/index.ts'

/** A request that is refused as a whole. */
export class HttpError extends Error {
  readonly code: Code
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: Code, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }

  /** RFC 9457. */
  toProblem() {
    return {
      type: `urn:agent-metrics:${this.code}`,
      title: catalogue[this.code].title,
      status: this.status,
      detail: this.message,
      diagnostics: [diagnostic(this.code, this.message)],
    }
  }
}
