import { fileName } from '../infer/metrics.ts'
import type { Table } from '../infer/table.ts'
import { quote } from '../profile/columns.ts'
import { toYaml } from './yaml.ts'

/** `models/<table>.sql`: names that are easy to write, times as times. */
export function modelSql({ name, columns }: Table): string {
  const selected = columns.map(({ name, profile }) => {
    const alias = quote(name)
    return `  ${profile.sql === alias ? alias : `${profile.sql} as ${alias}`}`
  })
  return `select\n${selected.join(',\n')}\nfrom {{source "files" "${name}"}}\n`
}

/** `models/sources.yml`: where the files are. */
export function sourcesYaml(tables: readonly Table[]): string {
  const described = tables.map((table) => ({
    name: table.name,
    file: table.file.path,
    description: `Rows of ${fileName(table)}, as they are.`,
  }))
  return toYaml({
    version: 1,
    sources: [{ name: 'files', description: 'Files this project reads.', tables: described }],
  })
}

/** `models/models.yml`: materialisation, columns and data tests. */
export function modelsYaml(tables: readonly Table[]): string {
  const models = tables.map((table) => ({
    name: table.name,
    description: `Rows of ${fileName(table)} with names that are easy to write.`,
    materialized: 'table',
    columns: table.columns.map((column) => ({
      name: column.name,
      ...(column.profile.name === column.name ? {} : { description: `\`${column.profile.name}\` in the file.` }),
      ...(column === table.primaryKey ? { tests: ['unique', 'not_null'] } : {}),
    })),
  }))
  return toYaml({ version: 1, models })
}
