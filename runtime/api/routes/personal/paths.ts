import { answer, anyObject, created, inPath, json, problem } from '../../openapi-parts.ts'
import { FeedbackBody } from './feedback.ts'
import { LinkBody } from './links.ts'
import { PreferencesBody } from './preferences.ts'
import { UsageBody } from './usage.ts'
import { ViewBody } from './views.ts'

/** What the description of the API says of these routes. */
export const personalPaths = {
  '/api/v1/views': {
    get: { summary: 'Saved views: own ones and shared ones', responses: answer('Views.', anyObject) },
    post: {
      summary: 'Save a page with its filters under a name',
      description: 'A view of the same name on the same page is replaced.',
      requestBody: json(ViewBody),
      responses: created('The view.', anyObject),
    },
  },
  '/api/v1/views/{id}': {
    delete: {
      summary: 'Delete a saved view',
      parameters: [inPath('id')],
      responses: answer('The deleted view.', anyObject),
    },
  },
  '/api/v1/links': {
    post: {
      summary: 'Shorten the address of a page with its filters',
      requestBody: json(LinkBody),
      responses: created('`href` leads to the page.', anyObject),
    },
  },
  '/api/v1/preferences': {
    get: {
      summary: 'Own preferences',
      description: '`mail` is where alerts can be mailed to, and why not.',
      responses: answer('Preferences.', anyObject),
    },
    put: {
      summary: 'Change own preferences',
      requestBody: json(PreferencesBody),
      responses: answer('Preferences as they are now.', anyObject),
    },
  },
  '/api/v1/usage': {
    post: {
      summary: 'Note that a page was looked at',
      requestBody: json(UsageBody),
      responses: { 202: { description: 'Noted.', ...json(anyObject) }, default: problem },
    },
  },
  '/api/v1/feedback': {
    get: { summary: 'What people of the organisation said (admins)', responses: answer('Feedback.', anyObject) },
    post: {
      summary: 'Say how a page or widget does',
      requestBody: json(FeedbackBody),
      responses: created('The feedback.', anyObject),
    },
  },
}
