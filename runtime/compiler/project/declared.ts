import type { DefinitionFile, Path } from '../../definitions/index.ts'
import type { Position } from '../../diagnostics/index.ts'
import type { Located } from '../manifest.ts'

/** Where something stands, worked out only when something is said about it. */
export type Place = () => Position

/** A piece of a definition file that knows where it stands. */
export interface Declared<T> {
  readonly value: T
  readonly file: string
  /** Place of the value (or key) at `path` inside it; with `offset`, of that character of a string. */
  at(path?: Path, of?: 'key' | 'value', offset?: number, length?: number): Position
}

export function declare<T>(value: T, file: Pick<DefinitionFile, 'file' | 'locate'>, path: Path): Declared<T> {
  return {
    value,
    file: file.file,
    at: (rest = [], of = 'value', offset, length) => file.locate([...path, ...rest], of, offset, length),
  }
}

/** The part of a declaration at `path`. */
export function inside<T>(parent: Declared<unknown>, path: Path, value: T): Declared<T> {
  return {
    value,
    file: parent.file,
    at: (rest = [], of = 'value', offset, length) => parent.at([...path, ...rest], of, offset, length),
  }
}

/** Every item of a list of a declaration, or none where the list is missing. */
export function items<T>(
  parent: Declared<unknown>,
  key: string,
  list: readonly T[] | undefined,
): readonly Declared<T>[] {
  return (list ?? []).map((value, index) => inside(parent, [key, index], value))
}

export const located = (declared: Declared<unknown>): Located => ({
  source: { file: declared.file, line: declared.at().line },
})
