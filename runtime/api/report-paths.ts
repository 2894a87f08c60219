import { answer, anyObject, inPath, inQuery, json, problem } from './openapi-parts.ts'
import { ReportBody, ResendBody } from './routes/reports.ts'

const time = { type: ['string', 'null'], format: 'date-time' }
const addresses = { type: ['array', 'null'], items: { type: 'string' } }
const count = { type: 'integer' }
const run = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    report: { type: 'string' },
    at: { ...time, description: 'The instant that the report is about.' },
    by: { type: ['string', 'null'], description: 'Who asked for it; null is the schedule.' },
    state: { enum: ['pending', 'done', 'failed'] },
    created_at: time,
    done_at: time,
    messages: { type: ['integer', 'null'] },
    deliveries: { type: 'object', properties: { delivered: count, waiting: count, dead: count } },
    error: { type: ['string', 'null'] },
    again_of: { type: ['string', 'null'], description: 'The run that this one sent again.' },
    recipients: { ...addresses, description: 'Addresses in the place of the usual ones.' },
    sent_to: { ...addresses, description: 'Addresses and channels that it went to.' },
  },
}
const runs = {
  type: 'object',
  properties: { runs: { type: 'array', items: run }, next: { type: ['string', 'null'] } },
}
const page = ['limit', 'before'].map(inQuery)
const RUNS = '`runs`, the newest first, and `next`, which is `before` for the older ones.'

/** What the description of the API says of reports. */
export const reportPaths = {
  '/api/v1/reports': {
    get: { summary: 'Reports with their schedules and last runs', responses: answer('`reports`.', anyObject) },
  },
  '/api/v1/reports/{name}': {
    put: {
      summary: 'Switch a report on or off for the tenant, or set its recipients',
      parameters: [inPath('name')],
      requestBody: json(ReportBody),
      responses: answer('The report.', anyObject),
    },
  },
  '/api/v1/reports/{name}/render': {
    get: {
      summary: 'The report as a file, with the figures that the caller may see',
      description: '`format` is pdf (the default), html, csv or xlsx; `each` the value that a copy is for.',
      parameters: [inPath('name'), ...['format', 'at', 'each'].map(inQuery)],
      responses: { 200: { description: 'The file.' }, default: problem },
    },
  },
  '/api/v1/reports/{name}/runs': {
    get: {
      summary: 'The history of a report',
      parameters: [inPath('name'), ...page],
      responses: answer(RUNS, runs),
    },
  },
  '/api/v1/reports/{name}/send': {
    post: {
      summary: 'Send a report now',
      parameters: [inPath('name'), inQuery('at')],
      responses: answer('The run.', run),
    },
  },
  '/api/v1/report-runs': {
    get: {
      summary: 'The history of all reports, or of the one that `report` names',
      parameters: [inQuery('report'), ...page],
      responses: answer(RUNS, runs),
    },
  },
  '/api/v1/report-runs/{id}/resend': {
    post: {
      summary: 'Send again what a run sent, for the same period',
      description: 'To whom it went before, or by mail to `recipients`. A run that failed is made anew for its period.',
      parameters: [inPath('id')],
      requestBody: { ...json(ResendBody), required: false },
      responses: answer('The new run.', run),
    },
  },
}
