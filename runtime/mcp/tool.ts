import type { Desk } from './desk.ts'

/** Something an assistant can do. `run` gets arguments that fit `input`. */
export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: object
  readonly run: (desk: Desk, input: Readonly<Record<string, unknown>>) => Promise<unknown>
}
