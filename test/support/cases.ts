import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

const TEST = join(import.meta.dirname, '..')

/** A project under test/input/, whose expected results lie in test/output/ under the same name. */
export interface Case {
  readonly name: string
  readonly dir: string
}

/** The cases whose folder starts with a prefix, in order. */
export function casesOf(prefix: string): readonly Case[] {
  const folders = readdirSync(join(TEST, 'input'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = folders.map(({ name }) => name).filter((name) => name.startsWith(prefix))
  return names.sort().map((name) => ({ name, dir: join(TEST, 'input', name) }))
}

/** Compares with a file of test/output/<case>/, which is written where it is missing (or with `-u`), but never in CI. */
export async function expectJson({ name }: Case, file: string, value: unknown): Promise<void> {
  await expect(`${JSON.stringify(value, null, 2)}\n`).toMatchFileSnapshot(join(TEST, 'output', name, file))
}
