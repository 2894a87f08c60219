/** Parts of the description of routes. */
export const json = (schema: unknown) => ({ content: { 'application/json': { schema } } })
export const problem = { description: 'What is wrong and what to do.', ...problemBody() }
export const answer = (description: string, schema: unknown) => ({
  200: { description, ...json(schema) },
  default: problem,
})
export const created = (description: string, schema: unknown) => ({
  201: { description, ...json(schema) },
  default: problem,
})
export const anyObject = { type: 'object' }
export const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
export const inQuery = (name: string) => ({ name, in: 'query', schema: { type: 'string' } })

function problemBody() {
  const properties = {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    diagnostics: { type: 'array', items: { type: 'object' } },
  }
  return { content: { 'application/problem+json': { schema: { type: 'object', properties } } } }
}
