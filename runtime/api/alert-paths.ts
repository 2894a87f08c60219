import { answer, anyObject, created, inPath, json, problem } from './openapi-parts.ts'
import { OverrideBody, SilenceBody } from './routes/alerts.ts'

const name = { parameters: [inPath('name')] }
const done = { 204: { description: 'Done.' }, default: problem }

/** What the description of the API says of alerts. */
export const alertPaths = {
  '/api/v1/alerts': {
    get: {
      summary: 'Alerts and their states',
      parameters: [
        {
          name: 'instances',
          in: 'query',
          description: '`open` leaves out those that are normal.',
          schema: { type: 'string', enum: ['all', 'open'], default: 'all' },
        },
      ],
      responses: answer('Alerts.', anyObject),
    },
  },
  '/api/v1/alerts/check': { post: { summary: 'Check alerts now', responses: answer('`checks`.', anyObject) } },
  '/api/v1/alerts/{name}/history': {
    get: { summary: 'What became of an alert', ...name, responses: answer('The newest first.', anyObject) },
  },
  '/api/v1/alerts/{name}/backtest': {
    get: { summary: 'When it would have gone off', ...name, responses: answer('`from` to `to`.', anyObject) },
  },
  '/api/v1/alerts/{name}/patch': {
    get: {
      summary: 'The change to its file that makes it say what was overridden',
      ...name,
      responses: { 200: { description: 'A unified diff.', content: { 'text/x-diff': {} } }, default: problem },
    },
  },
  '/api/v1/alerts/{name}/acknowledge': {
    post: { summary: 'Take care of what fires', ...name, responses: done },
    delete: { summary: 'Take the acknowledgement back', ...name, responses: done },
  },
  '/api/v1/alerts/{name}/mute': {
    post: { summary: 'Silence an alert until further notice', ...name, responses: created('The silence.', anyObject) },
    delete: { summary: 'Let it speak again', ...name, responses: done },
  },
  '/api/v1/alerts/{name}/silence': {
    post: {
      summary: 'Silence an alert for a time',
      ...name,
      requestBody: json(SilenceBody),
      responses: created('The silence.', anyObject),
    },
  },
  '/api/v1/alerts/{name}/override': {
    put: { summary: 'Change its limits within bounds', ...name, requestBody: json(OverrideBody), responses: done },
    delete: { summary: 'Go by the file again', ...name, responses: done },
  },
  '/api/v1/silences': {
    get: { summary: 'Silences', responses: answer('Silences.', anyObject) },
    post: { summary: 'Silence alerts', requestBody: json(SilenceBody), responses: created('The silence.', anyObject) },
  },
  '/api/v1/silences/{id}': {
    delete: { summary: 'End a silence', parameters: [inPath('id')], responses: done },
  },
}
