import { configSchema } from '../../config/index.ts'
import { jsonSchemas } from '../../definitions/index.ts'

const FOLDER = '.metrics/schemas'
const KINDS = new Set(['metrics', 'models', 'dashboards', 'alerts'])

/** JSON Schemas for editors; `metrics compile` writes them anew. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const schemas = Object.entries({ ...jsonSchemas(), ...configSchema() })
  return Object.fromEntries(
    schemas.map(([name, schema]) => [`${FOLDER}/${name}`, `${JSON.stringify(schema, null, 2)}\n`]),
  )
}

/** YAML that tells the YAML language server which schema it follows. */
export function withSchema(file: string, content: string): string {
  const [kind = '', ...rest] = file.split('/')
  if (!KINDS.has(kind) || !/\.ya?ml$/.test(file)) return content
  return `# yaml-language-server: $schema=${'../'.repeat(rest.length)}${FOLDER}/${kind}.schema.json\n${content}`
}
