import type { RequestHandler } from 'express'

const LISTS = ['measures', 'dimensions', 'segments', 'filters', 'timeDimensions'] as const

/** Refuses queries that Cube's gateway takes for a mistake of its own: what is no query, and expressions for members. */
export const refuseMalformed: RequestHandler = (request, response, next) => {
  const given: unknown = request.method === 'GET' ? request.query.query : (request.body as { query?: unknown })?.query
  const problem = given === undefined ? null : problemOf(given)
  if (problem === null) return next()
  response.status(400).json({ type: 'User Error', error: problem })
}

function problemOf(given: unknown): string | null {
  const query = typeof given === 'string' ? parsed(given) : given
  // Text that is no JSON is answered well by Cube itself.
  if (query === undefined) return null
  const queries: readonly unknown[] = Array.isArray(query) ? query : [query]
  return queries.map(problemOfOne).find((problem) => problem !== null) ?? null
}

function problemOfOne(query: unknown): string | null {
  if (typeof query !== 'object' || query === null) return 'AM4009: A query is an object, or a list of objects.'
  const values = query as Readonly<Record<string, unknown>>
  for (const key of LISTS) {
    const list = values[key]
    if (list === undefined || list === null) continue
    if (!Array.isArray(list)) return `AM4009: \`${key}\` is a list.`
    const members: readonly unknown[] = key === 'filters' || key === 'timeDimensions' ? [] : list
    if (members.some((member) => typeof member === 'string' && member.trimStart().startsWith('{'))) {
      return 'AM4009: Members are names here, never expressions.'
    }
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
