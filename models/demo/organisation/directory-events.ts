import { AI_MODELS } from '../catalogue/ai-models.ts'
import type { Happening } from '../core/event.ts'
import { DAY } from '../core/local-time.ts'
import { instantOf, type Story } from '../core/story.ts'
import type { Organisation } from './organisation.ts'
import type { User } from './users.ts'

/** Who and what there is, told before the first session; people who leave and models that come and go later. */
export function directoryEvents(organisation: Organisation, story: Story): readonly Happening[] {
  const { units, teams, users, projects, repositories } = organisation
  const known = story.start - DAY
  const tell = <T extends { readonly id: string }>(
    kind: string,
    items: readonly T[],
    data: (item: T) => Happening['data'],
  ) => items.map((item) => change(kind, item.id, known, data(item)))
  return [
    ...tell('unit', units, ({ id, name, parent, level }) => ({ org_unit_id: id, name, parent_id: parent, level })),
    ...tell('team', teams, ({ id, name, unit, manager }) => ({
      team_id: id,
      name,
      org_unit_id: unit,
      manager_id: manager,
      cost_centre: `cc-${id.slice(-2)}`,
    })),
    ...tell('user', users, (user) => userData(user, true)),
    ...users
      .filter(({ leaves }) => leaves < Infinity)
      .map((user) => change('user', user.id, user.leaves, userData(user, false), 'left')),
    ...tell('project', projects, ({ id, name, team }) => ({
      project_id: id,
      name,
      team_id: team.id,
      cost_centre: `cc-${team.id.slice(-2)}`,
    })),
    ...tell('repository', repositories, ({ id, name, project, language, framework, classification }) => ({
      repository_id: id,
      name,
      project_id: project.id,
      team_id: project.team.id,
      provider: 'github',
      url: `https://github.com/${organisation.id}/${name}`,
      language,
      framework,
      default_branch: 'main',
      classification,
      connected: true,
    })),
    ...AI_MODELS.map((model) =>
      change('ai_model', model.id, model.from === undefined ? known : instantOf(story, model.from), {
        model: model.id,
        name: model.name,
        provider: model.provider,
        input_price: model.input,
        output_price: model.output,
        cache_read_price: model.cacheRead,
        cache_write_price: model.cacheWrite,
        context_window: model.context,
      }),
    ),
  ]
}

function userData(user: User, active: boolean): Happening['data'] {
  return {
    user_id: user.id,
    name: user.name,
    email: user.email,
    team_id: user.team.id,
    manager_id: user.manages ? null : user.team.manager,
    role: user.manages ? 'manager' : 'engineer',
    title: user.title,
    timezone: user.place.zone,
    country: user.place.country,
    hourly_cost: user.hourlyCost,
    active,
  }
}

function change(kind: string, subject: string, time: number, data: Happening['data'], suffix = 'set'): Happening {
  const type = `org.${kind}.changed`
  return { id: `${subject}-${suffix}`, source: 'directory', type, subject, time, received: time + 1000, data }
}
