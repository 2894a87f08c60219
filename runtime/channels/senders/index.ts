import type { Kysely } from 'kysely'
import type { Channel } from '../../definitions/index.ts'
import type { StoreSchema } from '../../store/index.ts'
import { sendEmail } from './email.ts'
import { sendInApp } from './in-app.ts'
import type { Mailer } from './mailer.ts'
import { sendOpsgenie } from './opsgenie.ts'
import { sendPagerDuty } from './pagerduty.ts'
import type { Outcome, Sending } from './sender.ts'
import { sendSlack } from './slack.ts'
import { sendTeams } from './teams.ts'
import { sendWebhook } from './webhook.ts'

export { createMailer, type Mailer } from './mailer.ts'
export type { Outcome } from './sender.ts'

export interface Senders {
  readonly db: Kysely<StoreSchema>
  readonly mailer: Mailer
}

/** Sends a message over its channel, whichever that is. */
export function send(sending: Sending<Channel>, { db, mailer }: Senders): Promise<Outcome> {
  const { channel } = sending
  switch (channel.type) {
    case 'email':
      return sendEmail({ ...sending, channel }, mailer)
    case 'slack':
      return sendSlack({ ...sending, channel })
    case 'teams':
      return sendTeams({ ...sending, channel })
    case 'pagerduty':
      return sendPagerDuty({ ...sending, channel })
    case 'opsgenie':
      return sendOpsgenie({ ...sending, channel })
    case 'webhook':
      return sendWebhook({ ...sending, channel })
    case 'in_app':
      return sendInApp(db, sending.message)
  }
}
