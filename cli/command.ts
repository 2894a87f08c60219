import type { Command } from 'commander'
import type { Output } from './output.ts'

/** What a command is called with: its own arguments and options, and the global ones. */
export interface Call {
  readonly args: readonly string[]
  readonly options: Options
  /** Absolute path of the project's folder. */
  readonly project: string
  readonly format: string
  readonly out: Output
}

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export interface CommandModule {
  /** Adds the arguments and options. */
  readonly define: (command: Command) => void
  /** Values of --format beside pretty and json. */
  readonly formats?: readonly string[]
  /** Resolves to the exit code: 0 fine, 1 the user's problem. */
  readonly run: (call: Call) => Promise<number>
}

export function textOption(options: Options, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Names in a comma-separated option; given several times they add up. */
export function listOption(options: Options, name: string): readonly string[] {
  const value = options[name]
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
