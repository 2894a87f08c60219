import type { SourceFile } from '../cube/index.ts'
import type { Draft } from '../draft/index.ts'

export function importLookml(_: readonly SourceFile[]): Draft {
  throw new Error('not yet')
}
