import native from '@cubejs-backend/native'
import { finalResult, type TransformRequest } from './final-result.ts'

/**
 * Cube's native binary is not on the registry. Where it does not load, these functions stand in for the few of it that
 * the JavaScript planner and the gateway call; Cube looks them up on the module at each call.
 */
export function supplyNative(): void {
  skipTranspiling()
  if (loads()) return
  Object.assign(native, {
    setupLogger: () => undefined,
    isFallbackBuild: () => true,
    redactSqlLiterals: (sql: string) => sql.replace(/'(?:[^']|'')*'/g, "'redacted'"),
    getFinalQueryResult: async (request: TransformRequest, rows: Buffer, result: object) =>
      bytes({ ...result, data: finalResult(request, parse(rows)) }),
    getFinalQueryResultMulti: async (requests: TransformRequest[], rows: Buffer[], response: MultiResponse) =>
      bytes(multiResult(requests, rows, response)),
  })
  Object.assign(native.NativeInstance.prototype, { newJinjaEngine: () => ({}) })
}

/**
 * Cube rewrites data models with Babel in worker threads before each of its four passes. Ours are written in the form
 * that comes out of it, so they pass as they are; the setting makes Cube ask here instead.
 */
function skipTranspiling(): void {
  process.env.CUBEJS_TRANSPILATION_NATIVE = 'true'
  Object.assign(native, {
    transpileJs: async (files: readonly { readonly fileContent: string }[]) =>
      files.map(({ fileContent }) => ({ code: fileContent, errors: [], warnings: [] })),
  })
}

interface MultiResponse {
  readonly queryType: string
  readonly results: readonly { readonly query: PivotSource }[]
  readonly slowQuery?: boolean
}
interface PivotSource {
  readonly measures?: readonly string[]
  readonly dimensions?: readonly string[]
  readonly timeDimensions?: readonly { readonly granularity?: string }[]
}

function multiResult(requests: readonly TransformRequest[], rows: readonly Buffer[], response: MultiResponse): object {
  const results = response.results.map((result, at) => {
    const [request, raw] = [requests[at], rows[at]]
    return request === undefined || raw === undefined ? result : { ...result, data: finalResult(request, parse(raw)) }
  })
  const queries = response.results.map((result) => result.query)
  return {
    ...response,
    results,
    pivotQuery: pivotQuery(response.queryType, queries),
    slowQuery: response.slowQuery ?? false,
  }
}

function pivotQuery(queryType: string, queries: readonly PivotSource[]): object {
  const [first = {}] = queries
  if (queryType === 'compareDateRangeQuery') {
    return { ...first, dimensions: ['compareDateRange', ...(first.dimensions ?? [])], queryType }
  }
  if (queryType !== 'blendingQuery') return { ...first, queryType }
  const granularity = queries.flatMap((query) => query.timeDimensions?.[0]?.granularity ?? [])[0]
  return {
    ...first,
    measures: [...new Set(queries.flatMap((query) => query.measures ?? []))],
    dimensions: [...new Set(queries.flatMap((query) => query.dimensions ?? []))],
    ...(granularity === undefined ? {} : { timeDimensions: [{ dimension: 'time', granularity }] }),
    queryType,
  }
}

function loads(): boolean {
  try {
    native.loadNative()
    return true
  } catch {
    return false
  }
}

const parse = (rows: Buffer): { members: string[]; columns: unknown[][] } => JSON.parse(rows.toString('utf8'))

function bytes(value: object): ArrayBuffer {
  const buffer = Buffer.from(JSON.stringify(value))
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer
}
