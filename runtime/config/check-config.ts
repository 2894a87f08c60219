import { type Code, type Diagnostic, diagnostic } from '../diagnostics/index.ts'
import { type Document, schemaCheck, type Violation, type Vocabulary } from '../documents/index.ts'
import { ProjectConfig } from './schema.ts'

const vocabulary: Vocabulary = {
  file: 'configuration',
  nouns: {},
  keys: {
    db: ['warehouse'],
    database: ['warehouse', 'path', 'url'],
    connection: ['warehouse', 'url'],
    tenant: ['tenancy'],
    tenant_key: ['tenancy', 'key'],
    column: ['key'],
    tz: ['timezone'],
    time_zone: ['timezone'],
    title: ['name'],
    project: ['name'],
    file: ['path'],
    uri: ['url'],
    dsn: ['url'],
    connectionstring: ['url'],
    pool: ['connections'],
    users: ['identity'],
  },
  values: { pg: ['postgres'], postgresql: ['postgres'], mon: ['monday'], sun: ['sunday'] },
}

const check = schemaCheck(ProjectConfig, vocabulary)

/** The parts of a configuration that fit the schema, and what is wrong with the others. */
export async function checkConfig(document: Document): Promise<{
  readonly content: Partial<ProjectConfig>
  readonly diagnostics: readonly Diagnostic[]
}> {
  const { content, problems, locate, file } = document
  const found = problems.map((problem) => problem.diagnostic)
  if (content === undefined && found.length > 0) return { content: {}, diagnostics: found }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const hint = "A configuration looks like this: `export default { name: 'my-project' }`."
    return {
      content: {},
      diagnostics: [...found, diagnostic('AM2002', `${file} holds no configuration.`, { at: locate([]), hint })],
    }
  }
  const violations = await check(content)
  const wrong = new Set([...problems, ...violations].map(({ path }) => path[0]))
  return {
    content: Object.fromEntries(Object.entries(content).filter(([key]) => !wrong.has(key))),
    diagnostics: [
      ...found,
      ...violations.map((item) =>
        diagnostic(codeOf(item), item.message, { hint: item.hint, at: locate(item.path, item.of) }),
      ),
    ],
  }
}

function codeOf({ code }: Violation): Code {
  if (code === 'AM1101') return 'AM2003'
  return code === 'AM1102' || code === 'AM1109' ? 'AM2004' : 'AM2005'
}
