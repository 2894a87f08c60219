import type { Manifest } from '../compiler/index.ts'
import { UserError } from '../diagnostics/index.ts'
import { createSemanticLayer, type SemanticLayer } from '../semantic/index.ts'
import { openWarehouse, type Warehouse } from '../warehouse/index.ts'

/** Tells the SQL of a metric without the project's warehouse, which a server may hold. */
export interface SqlPreview {
  sqlOf(manifest: Manifest, metric: string): Promise<string | undefined>
  close(): Promise<void>
}

export function createSqlPreview(): SqlPreview {
  let warehouse: Promise<Warehouse> | undefined
  let layer: { readonly manifest: Manifest; readonly opened: Promise<SemanticLayer> } | undefined
  const layerFor = async (manifest: Manifest) => {
    warehouse ??= openWarehouse({ type: 'duckdb', path: ':memory:' })
    const open = await warehouse
    if (layer?.manifest !== manifest) {
      layer = { manifest, opened: createSemanticLayer({ manifest, warehouse: open, rollups: 'manual' }) }
    }
    return layer.opened
  }
  return {
    sqlOf: async (manifest, metric) => {
      try {
        const live = await layerFor(manifest)
        const context = { org: 'org', role: 'admin', user: null, attributes: {} } as const
        const { statements } = await live.sql({ metrics: [metric] }, context)
        return statements.map(({ sql }) => sql).join(';\n')
      } catch (error) {
        // A range that depends on the data cannot be told without any.
        if (error instanceof UserError || (error instanceof Error && error.name === 'SqlError')) return undefined
        throw error
      }
    },
    close: async () => {
      await (await layer?.opened)?.close()
      await (await warehouse)?.close()
    },
  }
}
