import { answer, anyObject, created, inPath, json } from '../../openapi-parts.ts'
import { ChangeBody, CreateBody, PreviewBody, PullRequestBody, WidgetBody } from './body.ts'

const id = { parameters: [inPath('id')] }
const DASHBOARD = 'The dashboard: its definition, and drawn as pages are with what is wrong with it.'

/** What the description of the API says of dashboards that people make for themselves. */
export const personalDashboardPaths = {
  '/api/v1/personal-dashboards': {
    get: { summary: 'Dashboards of the caller, and those shared with them', responses: answer('Outlines.', anyObject) },
    post: {
      summary: 'Make a dashboard, or copy one of the project',
      requestBody: json(CreateBody),
      responses: created(DASHBOARD, anyObject),
    },
  },
  '/api/v1/personal-dashboards/preview': {
    post: {
      summary: 'See a draft without keeping it',
      requestBody: json(PreviewBody),
      responses: answer('`dashboard` and `diagnostics`.', anyObject),
    },
  },
  '/api/v1/personal-dashboards/{id}': {
    get: { summary: 'A dashboard', ...id, responses: answer(DASHBOARD, anyObject) },
    put: {
      summary: 'Change a dashboard of your own',
      description: 'With `changed_at` of what was edited, 409 where it was changed since.',
      ...id,
      requestBody: json(ChangeBody),
      responses: answer(DASHBOARD, anyObject),
    },
    delete: { summary: 'Delete a dashboard', ...id, responses: answer('Its outline.', anyObject) },
  },
  '/api/v1/personal-dashboards/{id}/widgets': {
    post: {
      summary: 'Add a widget at the end',
      ...id,
      requestBody: json(WidgetBody),
      responses: created(DASHBOARD, anyObject),
    },
  },
  '/api/v1/personal-dashboards/{id}/export': {
    get: {
      summary: 'A dashboard as a change of the project',
      ...id,
      responses: answer('`file`, its `content`, a `patch` for `git apply`, and `diagnostics`.', anyObject),
    },
  },
  '/api/v1/personal-dashboards/{id}/pull-request': {
    post: {
      summary: 'Propose a dashboard to the repository of the project',
      ...id,
      requestBody: json(PullRequestBody),
      responses: created('`url` and `number`.', anyObject),
    },
  },
}
