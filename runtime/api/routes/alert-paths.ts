import { answer, anyObject, json, problem } from '../openapi-parts.ts'
import { OverrideBody, SilenceBody } from './alerts.ts'

const name = { name: 'name', in: 'path', required: true, schema: { type: 'string' } }
const query = (key: string, description: string) => ({
  name: key,
  in: 'query',
  description,
  schema: { type: 'string' },
})
const list = { type: 'array', items: anyObject }
const done = { 204: { description: 'Done.' }, default: problem }
const made = { 201: { description: 'The silence.', ...json(anyObject) }, default: problem }

/** The description of the routes of alerts. */
export const alertPaths = {
  '/api/v1/alerts': {
    get: { summary: 'Alerts with their conditions, states and instances', responses: answer('Alerts.', list) },
  },
  '/api/v1/alerts/check': {
    post: {
      summary: 'Say what would fire now; nobody is told',
      parameters: [query('name', 'One alert; all by default.')],
      responses: answer('What each check says.', anyObject),
    },
  },
  '/api/v1/alerts/{name}/history': {
    get: {
      summary: 'What became of an alert, the newest first',
      parameters: [name, query('limit', 'Entries at most.'), query('before', 'Id of the last entry seen.')],
      responses: answer('Changes of state, and what people did.', list),
    },
  },
  '/api/v1/alerts/{name}/backtest': {
    get: {
      summary: 'When an alert would have fired',
      parameters: [name, query('from', 'First day or instant.'), query('to', 'Last day or instant.')],
      responses: answer('Checks, changes and episodes.', anyObject),
    },
  },
  '/api/v1/alerts/{name}/silence': {
    post: {
      summary: 'Silence an alert for a time',
      parameters: [name],
      requestBody: json(SilenceBody),
      responses: made,
    },
  },
  '/api/v1/alerts/{name}/mute': {
    post: { summary: 'Mute an alert until that is ended', parameters: [name], responses: made },
    delete: { summary: 'End the mute', parameters: [name], responses: done },
  },
  '/api/v1/alerts/{name}/acknowledge': {
    post: { summary: 'Take care of what fires', parameters: [name], responses: done },
    delete: { summary: 'Take an acknowledgement back', parameters: [name], responses: done },
  },
  '/api/v1/alerts/{name}/override': {
    put: {
      summary: 'Override limits within the bounds of the file',
      parameters: [name],
      requestBody: json(OverrideBody),
      responses: done,
    },
    delete: { summary: 'Go back to the limits of the file', parameters: [name], responses: done },
  },
  '/api/v1/alerts/{name}/patch': {
    get: {
      summary: 'Overridden limits as a patch of the file',
      parameters: [name],
      responses: {
        200: { description: 'For `git apply`.', content: { 'text/x-diff': { schema: { type: 'string' } } } },
        default: problem,
      },
    },
  },
  '/api/v1/silences': {
    get: { summary: 'Silences that have not ended', responses: answer('Silences.', list) },
    post: { summary: 'Silence alerts by labels', requestBody: json(SilenceBody), responses: made },
  },
  '/api/v1/silences/{id}': {
    delete: {
      summary: 'End a silence',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: done,
    },
  },
}
