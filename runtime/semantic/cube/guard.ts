import type { SecurityContext } from '../security-context.ts'

/** A query as Cube's gateway normalised it. */
export type GatewayQuery = Readonly<Record<string, unknown>>

/** A cube or view of /meta. */
export interface MetaCube {
  readonly config: {
    readonly name: string
    readonly measures?: readonly MetaMember[]
    readonly dimensions?: readonly MetaMember[]
  }
}
interface MetaMember {
  readonly name: string
}

/** Stands between Cube and its callers: every query and every listing goes through it. */
export interface Guard {
  /** The query with the filters of the caller; throws where it names what the caller may not see. */
  admit(query: GatewayQuery, context: SecurityContext): Promise<GatewayQuery>
  visible(cubes: readonly MetaCube[], context: SecurityContext): readonly MetaCube[]
}
