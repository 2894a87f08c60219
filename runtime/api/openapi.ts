import { QueryDefinition } from '../definitions/index.ts'
import { alertPaths } from './alert-paths.ts'
import { answer, anyObject, inPath, inQuery, json, problem } from './openapi-parts.ts'
import { reportPaths } from './report-paths.ts'
import { accountPaths } from './routes/accounts/index.ts'
import { BuildBody } from './routes/definitions.ts'
import { FilesBody, RetentionBody } from './routes/intake.ts'
import { KeyBody } from './routes/keys.ts'
import { ReadBody } from './routes/notifications.ts'
import { personalPaths } from './routes/personal/index.ts'
import { personalDashboardPaths } from './routes/personal-dashboards/index.ts'

/** The description of `/api/v1`. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: { title: 'Agent Metrics', version: '1', description: 'Metrics of a project, by API key or session.' },
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, `am_…`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'am_session' },
      },
      schemas: { Query: QueryDefinition, Answer: ANSWER },
    },
    paths: PATHS,
  }
}

const ANSWER = {
  type: 'object',
  required: ['rows'],
  properties: {
    columns: { type: 'array', items: anyObject },
    rows: {
      type: 'array',
      items: anyObject,
      description: 'Objects keyed by metric and dimension; the grain is `time`.',
    },
    served: { ...anyObject, description: 'The pre-aggregation that served it, or why none did.' },
    cached: { type: 'boolean' },
  },
}
const SOURCE = {
  type: 'object',
  properties: {
    source: { type: 'string' },
    kind: { enum: ['telemetry', 'git', 'import', 'demo', 'usage', 'events'] },
    events: { type: 'integer' },
    lastEventAt: { type: ['string', 'null'], format: 'date-time' },
    lastReceivedAt: { type: ['string', 'null'], format: 'date-time' },
    expectedEvery: {
      type: ['number', 'null'],
      description: 'Seconds that it was silent at most within four weeks, an hour at least; null: nothing is expected.',
    },
    status: { enum: ['fresh', 'late', 'silent'] },
    rejected: { type: 'integer', description: 'Events that are among the dead letters.' },
    missing: {
      type: 'array',
      items: { type: 'string' },
      description: 'Fields that its events had in the week before, and have no longer.',
    },
  },
}
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const PATHS = {
  '/api/v1/query': {
    get: {
      summary: 'Answer a question, with an ETag',
      description: '`q` is the body of the POST. With the ETag of an answer in `If-None-Match` it is not sent again.',
      parameters: [{ ...inQuery('q'), required: true }],
      responses: {
        200: { description: 'The answer.', content: { 'application/json': { schema: ref('Answer') } } },
        304: { description: 'The caller has the answer.' },
        default: problem,
      },
    },
    post: {
      summary: 'Answer a question in metrics and dimensions',
      description: 'With `queries` many at once; with `Accept: application/x-ndjson` each as soon as it is answered.',
      requestBody: json({
        oneOf: [
          ref('Query'),
          { type: 'object', required: ['queries'], properties: { queries: { type: 'array', items: ref('Query') } } },
        ],
      }),
      responses: answer('The answer, or `answers`.', {
        oneOf: [ref('Answer'), { type: 'object', properties: { answers: { type: 'array', items: anyObject } } }],
      }),
    },
  },
  '/api/v1/project': {
    get: {
      summary: 'Dashboards, metrics and dimensions that the caller may see',
      responses: answer('The project.', anyObject),
    },
  },
  '/api/v1/catalogue': {
    get: {
      summary: 'Metrics, dimensions, semantic models and SQL models that the caller may see',
      responses: answer('`entries`.', {
        type: 'object',
        required: ['entries'],
        properties: { entries: { type: 'array', items: anyObject } },
      }),
    },
  },
  '/api/v1/catalogue/{kind}/{name}': {
    get: {
      summary: 'Everything about one entry: its definition, SQL, tests, lineage, freshness, and where it is used',
      description: '`kind` is metric, dimension, model or relation; a dimension is named with its model.',
      parameters: [inPath('kind'), inPath('name')],
      responses: answer('The entry.', anyObject),
    },
  },
  '/api/v1/catalogue/{kind}/{name}/tests': {
    post: {
      summary: 'Run the unit tests of an entry',
      parameters: [inPath('kind'), inPath('name')],
      responses: answer('`tests` with their results.', {
        type: 'object',
        required: ['tests'],
        properties: { tests: { type: 'array', items: anyObject } },
      }),
    },
  },
  '/api/v1/changes': {
    get: {
      summary: 'While definitions are edited: a stream of server-sent events, one for each change',
      responses: {
        200: { description: '`revision` and `problems`.' },
        204: { description: 'Nobody edits.' },
        default: problem,
      },
    },
  },
  '/api/v1/preview': {
    get: {
      summary: 'Which version is shown beside the work tree, and what is different in it',
      responses: { 204: { description: 'There is only one version.' }, ...answer('The version.', anyObject) },
    },
  },
  '/api/v1/freshness': {
    get: {
      summary: 'Texts that change with the data and with the definitions, and when the data changed last',
      responses: answer('The versions.', anyObject),
    },
  },
  '/api/v1/validate': {
    post: {
      summary: 'Check every file of the project',
      responses: answer('All problems.', {
        type: 'object',
        required: ['ok', 'diagnostics', 'counts'],
        properties: { ok: { type: 'boolean' }, diagnostics: { type: 'array', items: anyObject }, counts: anyObject },
      }),
    },
  },
  '/api/v1/build': {
    post: {
      summary: 'Run models and data tests',
      requestBody: { required: false, ...json(BuildBody) },
      responses: answer('What became of each model.', anyObject),
    },
  },
  '/api/v1/keys': {
    get: { summary: 'API keys of the tenant', responses: answer('Keys, without the keys themselves.', anyObject) },
    post: {
      summary: 'Create an API key',
      requestBody: json(KeyBody),
      responses: { 201: { description: 'The key, shown this once.', ...json(anyObject) }, default: problem },
    },
  },
  '/api/v1/keys/{id}': {
    delete: {
      summary: 'Revoke an API key',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: answer('The revoked key.', anyObject),
    },
  },
  '/api/v1/models/freshness': {
    get: { summary: 'When models were built and how far their rows reach', responses: answer('Models.', anyObject) },
  },
  '/api/v1/ingest': {
    post: {
      summary: 'Take files of the machine the server runs on; for commands there',
      requestBody: json(FilesBody),
      responses: {
        200: { description: 'Progress in lines of NDJSON, at last `files` or `problem`.' },
        default: problem,
      },
    },
  },
  '/api/v1/dead-letters': {
    get: { summary: 'Events that were refused, the oldest first', responses: answer('`dead_letters`.', anyObject) },
  },
  '/api/v1/dead-letters/replay': {
    post: { summary: 'Send again what was refused', responses: answer('What became of them.', anyObject) },
  },
  '/api/v1/retention': {
    post: {
      summary: 'Delete what is older than the project keeps; for commands of the machine the server runs on',
      requestBody: { required: false, ...json(RetentionBody) },
      responses: answer('Rows of each relation.', anyObject),
    },
  },
  '/api/v1/sources': {
    get: {
      summary: 'Who sends events, how many came, and whether they still do; for managers and administrators',
      responses: answer('`sources`, those that say nothing first.', {
        type: 'object',
        required: ['sources'],
        properties: { sources: { type: 'array', items: SOURCE } },
      }),
    },
  },
  ...alertPaths,
  ...personalPaths,
  ...personalDashboardPaths,
  ...accountPaths,
  '/api/v1/channels': {
    get: { summary: 'Channels, what they lack, and their last delivery', responses: answer('`channels`.', anyObject) },
  },
  '/api/v1/channels/{name}/test': {
    post: {
      summary: 'Send a test message over a channel',
      parameters: [inPath('name')],
      responses: answer('Whether it was delivered, and if not, why.', anyObject),
    },
  },
  '/api/v1/deliveries': {
    get: {
      summary: 'The log of deliveries, the newest first',
      parameters: ['channel', 'state', 'limit', 'before'].map(inQuery),
      responses: answer('`deliveries`.', anyObject),
    },
  },
  '/api/v1/deliveries/{id}': {
    get: {
      summary: 'One delivery with its attempts',
      parameters: [inPath('id')],
      responses: answer('The delivery.', anyObject),
    },
  },
  '/api/v1/deliveries/{id}/replay': {
    post: {
      summary: 'Send again what was delivered or given up',
      parameters: [inPath('id')],
      responses: answer('The delivery.', anyObject),
    },
  },
  '/api/v1/notifications': {
    get: {
      summary: 'The notification centre of the caller, the newest first; `X-Unread` counts what was not read',
      parameters: ['limit', 'before', 'unread'].map(inQuery),
      responses: answer('Notifications.', { type: 'array', items: anyObject }),
    },
  },
  '/api/v1/notifications/read': {
    post: {
      summary: 'Mark notifications as read',
      requestBody: json(ReadBody),
      responses: { 204: { description: 'They are.' }, default: problem },
    },
  },
  ...reportPaths,
  '/api/v1/dashboards/{name}/pdf': {
    get: {
      summary: 'A page as PDF, as its address filters it',
      description: 'Filters are dimensions with their values, `team=core`; several values are given several times.',
      parameters: [inPath('name'), ...['from', 'to', 'compare'].map(inQuery)],
      responses: { 200: { description: 'The file.' }, default: problem },
    },
  },
  '/api/v1/openapi.json': { get: { summary: 'This document', responses: answer('OpenAPI 3.1.', anyObject) } },
}
