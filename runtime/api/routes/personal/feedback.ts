import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { addFeedback, type FeedbackRow, listFeedback } from '../../../store/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Path } from './place.ts'
import { recordUsage } from './usage.ts'

export const FeedbackBody = Type.Object(
  {
    page: Path,
    widget: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    rating: Type.Unsafe<'up' | 'down'>({ type: 'string', enum: ['up', 'down'] }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  { additionalProperties: false },
)
const parseFeedback = createParser(FeedbackBody, 'the feedback')

/** `POST /feedback`: how a page or a widget of it does; admins read what was said. */
export function feedbackRoutes(services: Services): Router {
  const { store } = services
  const router = Router()
  router.post(
    '/feedback',
    needScope('query'),
    route(async (request, response) => {
      const caller = callerOf(response)
      const { org, owner } = caller
      const { page, widget = null, rating, comment = '' } = parseFeedback(request.body)
      const said = { org, owner, page, widget, rating, comment: comment.trim() || null }
      recordUsage(services, caller, 'dashboard.feedback.given', { page, widget, rating })
      response.status(201).json(describe(await addFeedback(store.db, said)))
    }),
  )
  router.get(
    '/feedback',
    needScope('admin'),
    route(async (_request, response) => {
      const feedback = await listFeedback(store.db, callerOf(response).org)
      response.json({ feedback: feedback.map(describe) })
    }),
  )
  return router
}

/** Without who said it: people speak more freely. */
function describe({ id, page, widget, rating, comment, at }: FeedbackRow) {
  return { id, page, widget, rating, comment, at }
}
