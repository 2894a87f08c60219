import type { Manifest } from '../compiler/index.ts'
import type { ResolvedConfig } from '../config/index.ts'
import type { Role } from '../definitions/index.ts'
import type { SecurityContext, SemanticLayer } from '../semantic/index.ts'
import type { Store } from '../store/index.ts'
import type { FiringAlert } from './content/alerts-block.ts'
import type { PrintPdf } from './print/index.ts'

export interface ReportsOptions {
  readonly store: Store
  readonly manifest: () => Manifest
  readonly semantic: Pick<SemanticLayer, 'query'>
  readonly config: Pick<ResolvedConfig, 'server' | 'timezone'>
  readonly contextOf: (caller: { org: string | null; role: Role; user: string | null }) => Promise<SecurityContext>
  readonly tenants: () => Promise<readonly (string | null)[]>
  readonly print: PrintPdf
  /** The alerts that go off now, as somebody may see them. */
  readonly firing?: (context: SecurityContext) => Promise<readonly FiringAlert[]>
  readonly now?: () => Date
  readonly lease?: number
  readonly every?: number
  readonly onTrouble?: (error: unknown) => void
}

export interface RenderedFile {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}
