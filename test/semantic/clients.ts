import { createServer } from 'node:http'
import cubejs, { type CubeApi } from '@cubejs-client/core'
import express from 'express'
import type { SecurityContext, SemanticLayer } from '../../runtime/semantic/index.ts'

export interface CubeServer {
  /** Cube's own client, signed in as the caller. */
  client(context: SecurityContext): CubeApi
  get(path: string, context: SecurityContext): Promise<{ readonly status: number; readonly body: unknown }>
  graphql(query: string, context: SecurityContext): Promise<GraphqlAnswer>
  close(): void
}
export interface GraphqlAnswer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string }[]
}

/** The routes of a layer on a port; the token of a request is its security context. */
export async function serveCube(layer: SemanticLayer): Promise<CubeServer> {
  const app = express()
  app.use('/cubejs-api', (request, response, next) => {
    const context: unknown = JSON.parse(
      Buffer.from(request.headers.authorization ?? '', 'base64url').toString() || 'null',
    )
    if (context === null) response.status(401).end()
    else layer.handle(request, response, context as SecurityContext, next)
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/cubejs-api`
  const token = (context: SecurityContext) => Buffer.from(JSON.stringify(context)).toString('base64url')
  return {
    client: (context) => cubejs(token(context), { apiUrl: `${url}/v1` }),
    get: async (path, context) => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: token(context) } })
      return { status: response.status, body: await response.json() }
    },
    graphql: async (query, context) => {
      const headers = { authorization: token(context), 'content-type': 'application/json' }
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return (await response.json()) as GraphqlAnswer
    },
    close: () => server.close(),
  }
}
