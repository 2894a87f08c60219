import type { Source } from '../../definitions/index.ts'
import type { SourceTable } from '../manifest.ts'
import { compareText, type Declared, items, located, type Project } from '../project/index.ts'

export interface DeclaredSource {
  readonly table: SourceTable
  /** Names and types of its columns as far as they were declared. */
  readonly columns: ReadonlyMap<string, string | null>
}

/** Tables from outside by `group.table`. A group may be spread over files. */
export function compileSources({ declarations, report }: Project): ReadonlyMap<string, DeclaredSource> {
  const sources = new Map<string, DeclaredSource & { readonly declared: Declared<unknown> }>()
  for (const group of declarations.sources) {
    for (const table of items(group, 'tables', group.value.tables)) {
      const key = `${group.value.name}.${table.value.name}`
      const first = sources.get(key)
      if (first === undefined) sources.set(key, { ...sourceOf(group, table), declared: table })
      else {
        report('AM1412', `Source table \`${key}\` is declared twice.`, {
          at: table.at(['name']),
          hint: 'Remove one of them.',
          related: [{ message: 'First declared here', at: first.declared.at(['name']) }],
        })
      }
    }
  }
  return new Map([...sources].sort(([a], [b]) => compareText(a, b)))
}

function sourceOf(group: Declared<Source>, table: Declared<Source['tables'][number]>): DeclaredSource {
  return {
    table: {
      group: group.value.name,
      name: table.value.name,
      schema: group.value.schema ?? group.value.name,
      file: table.value.file ?? null,
      ...located(table),
    },
    columns: new Map((table.value.columns ?? []).map(({ name, type }) => [name, type ?? null])),
  }
}
