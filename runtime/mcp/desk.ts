import type { Manifest } from '../compiler/index.ts'
import type { QueryDefinition } from '../definitions/index.ts'
import type { Diagnostic } from '../diagnostics/index.ts'
import type { Change } from '../diff/index.ts'
import type { Proposal } from '../project/index.ts'
import type { QueryAnswer, ViewMeta } from '../semantic/index.ts'

/** What an assistant works with, on behalf of one caller: everything answers only what that caller may see. */
export interface Desk {
  manifest(): Manifest
  views(): readonly ViewMeta[]
  query(query: QueryDefinition): Promise<QueryAnswer>
  /** Absent where the caller may not see the files of the project. */
  readonly files?: {
    check(proposal: Proposal): Promise<readonly Diagnostic[]>
    diff(ref: string): Promise<readonly Change[]>
  }
}
