import { AI_MODELS } from './catalogue.ts'
import type { Happening } from './event.ts'
import { DAY, HOUR } from './local-time.ts'
import type { Organisation, User } from './organisation.ts'
import type { Span } from './season.ts'

/** Who and what there is, told before the first session, then seats and budgets as they change. */
export function organisationEvents(organisation: Organisation, span: Span): readonly Happening[] {
  const { units, teams, users, projects, repositories } = organisation
  const known = span.start - DAY
  const tell = <T extends { readonly id: string }>(
    kind: string,
    items: readonly T[],
    data: (item: T) => Happening['data'],
  ) => items.map((item) => happening(`org.${kind}.changed`, item.id, known, data(item)))
  return [
    ...tell('unit', units, ({ id, name, parent }) => ({ org_unit_id: id, name, parent_id: parent })),
    ...tell('team', teams, ({ id, name, unit, manager }) => ({
      team_id: id,
      name,
      org_unit_id: unit,
      manager_id: manager,
    })),
    ...tell('user', users, userData),
    ...tell('project', projects, ({ id, name, team }) => ({ project_id: id, name, team_id: team.id })),
    ...tell('repository', repositories, ({ id, name, project, language }) => ({
      repository_id: id,
      name,
      project_id: project.id,
      provider: 'github',
      language,
      connected: true,
    })),
    ...tell('ai_model', AI_MODELS, ({ id, name, provider, input, output, cacheRead }) => ({
      model: id,
      name,
      provider,
      input_price: input,
      output_price: output,
      cache_read_price: cacheRead,
    })),
    ...users.flatMap((user) => seatEvents(user, span)),
    ...budgetEvents(organisation, span),
  ]
}

function userData({ id, name, email, team, zone, country }: User): Happening['data'] {
  return { user_id: id, name, email, team_id: team.id, timezone: zone, country }
}

/** The day on which a user gets a seat; before that there are no sessions. */
export const seatDay = ({ joins }: User, { start, end }: Span) =>
  Math.floor((start + (end - start) * joins) / DAY) * DAY

export const leaveDay = ({ leaves }: User, { start, end }: Span) =>
  Math.floor((start + (end - start) * leaves) / DAY) * DAY

function seatEvents(user: User, span: Span): Happening[] {
  const seat = user.id.replace('u', 'seat')
  const data = { seat_id: seat, user_id: user.id, plan: user.intensity > 3 ? 'premium' : 'standard' }
  const change = (time: number, status: string) =>
    happening('seat.changed', seat, time + 6 * HOUR, { ...data, status }, status)
  const assigned = change(seatDay(user, span), 'assigned')
  const left = leaveDay(user, span)
  return left < span.end ? [assigned, change(left, 'removed')] : [assigned]
}

function budgetEvents({ users }: Organisation, { start, end }: Span): Happening[] {
  const first = new Date(start)
  const budgets: Happening[] = []
  for (let month = 0; ; month += 1) {
    const begins = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1)
    if (begins > end) return budgets
    const period = new Date(begins).toISOString().slice(0, 10)
    const data = { scope: 'org', period: 'month', period_start: period, amount: users.length * 26, currency: 'USD' }
    budgets.push(happening('budget.set', `budget-${period.slice(0, 7)}`, Math.max(begins - 5 * DAY, start - DAY), data))
  }
}

function happening(type: string, subject: string, time: number, data: Happening['data'], suffix = 'set'): Happening {
  return { id: `${subject}-${suffix}`, source: '/directory', type, subject, time, received: time + 1000, data }
}
