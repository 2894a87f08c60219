import { type TSchema, Type } from '@sinclair/typebox'
import { Router } from 'express'
import { isTimeZone } from '../../../config/index.ts'
import { fail } from '../../../diagnostics/index.ts'
import {
  asksForMail,
  type Caller,
  changePreferences,
  notificationPreferencesOf,
  Preferences,
  preferencesOf,
} from '../../../identity/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

export const PreferencesBody = Type.Object(
  {
    theme: orNull(Preferences.properties.theme),
    favourites: orNull(Preferences.properties.favourites),
    default_page: orNull(Preferences.properties.default_page),
    timezone: orNull(Preferences.properties.timezone),
    locale: orNull(Preferences.properties.locale),
    notifications: orNull(Preferences.properties.notifications),
  },
  { additionalProperties: false, description: 'Only what is named changes; null sets it back.' },
)
const parsePreferences = createParser(PreferencesBody, 'the preferences')

/** What people set for themselves. */
export function preferenceRoutes({ delivery, store }: Pick<Services, 'delivery' | 'store'>): Router {
  const router = Router()
  const mailOf = ({ account }: Caller) => {
    const problem = account === null ? 'Only people with an account have an address.' : delivery.mailProblem()
    return { address: account?.email ?? null, problem }
  }
  const answer = async (caller: Caller) => ({
    ...(await preferencesOf(store, caller.owner)),
    notifications: await notificationPreferencesOf(store, caller.owner),
    mail: mailOf(caller),
  })
  router.get(
    '/preferences',
    needScope('query'),
    route(async (_request, response) => {
      response.setHeader('Cache-Control', 'no-store')
      response.json(await answer(callerOf(response)))
    }),
  )
  router.put(
    '/preferences',
    needScope('query'),
    route(async (request, response) => {
      const caller = callerOf(response)
      const changes = parsePreferences(request.body)
      checkTexts(changes)
      const { problem } = mailOf(caller)
      if (
        problem !== null &&
        asksForMail(await notificationPreferencesOf(store, caller.owner), changes.notifications ?? {})
      )
        fail('AM5033', `Alerts cannot be mailed to you. ${problem}`)
      await changePreferences(store, caller, changes)
      response.json(await answer(caller))
    }),
  )
  return router
}

function checkTexts({ timezone, locale }: { readonly timezone?: string | null; readonly locale?: string | null }) {
  if (typeof timezone === 'string' && !['project', 'browser'].includes(timezone) && !isTimeZone(timezone)) {
    fail('AM5033', `There is no time zone '${timezone}'.`, { hint: 'Write an IANA name, such as Europe/Berlin.' })
  }
  if (typeof locale === 'string' && locale !== 'browser' && !isLocale(locale)) {
    fail('AM5033', `There is no way '${locale}' to write numbers.`, {
      hint: 'Write a language tag, such as en-US or de.',
    })
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}
