import { content, flag, instant, measure, name, text } from './field.ts'

/** What an organisation consists of is told as changes: the newest event of a subject holds. */
const thing = {
  name: text('Its name.'),
  deleted: flag('True where it is no longer there.'),
  created_at: instant('When it came into being.'),
}

export const UnitChanged = content(
  {
    org_unit_id: name('Unit; the subject of the event if missing.'),
    ...thing,
    parent_id: name('Unit it belongs to; null at the top.'),
    level: name('Its level, such as `division`.'),
    manager_id: name('Person who leads it.'),
  },
  'An organisational unit.',
)

export const TeamChanged = content(
  {
    team_id: name('Team; the subject of the event if missing.'),
    ...thing,
    org_unit_id: name('Unit it belongs to.'),
    manager_id: name('Person who leads it.'),
    cost_centre: name('Cost centre.'),
  },
  'A team.',
)

export const UserChanged = content(
  {
    user_id: name('Person; the subject of the event if missing.'),
    ...thing,
    email: text('E-mail.', 320),
    team_id: name('Team of the person.'),
    manager_id: name('Person who leads them.'),
    role: name('Role in the organisation.'),
    title: name('Job title.'),
    timezone: name('Time zone, such as `Europe/Berlin`.'),
    country: name('Country, ISO 3166.'),
    hourly_cost: measure('Cost of an hour of work, for the value of time saved.'),
    active: flag('Whether the person still works here.'),
  },
  'A person.',
)

export const ProjectChanged = content(
  {
    project_id: name('Project; the subject of the event if missing.'),
    ...thing,
    team_id: name('Team that runs it.'),
    cost_centre: name('Cost centre.'),
  },
  'A project.',
)

export const RepositoryChanged = content(
  {
    repository_id: name('Repository; the subject of the event if missing.'),
    ...thing,
    project_id: name('Project it belongs to.'),
    team_id: name('Team it belongs to.'),
    provider: name('`github`, `gitlab`, `bitbucket` or another.'),
    url: text('Address.', 2048),
    language: name('Main programming language.'),
    framework: name('Main framework.'),
    default_branch: text('Its main branch.'),
    classification: name('How sensitive it is.'),
    connected: flag('Whether agents may work on it.'),
  },
  'A repository.',
)

export const AiModelChanged = content(
  {
    model: name('Model as it is named in other events; the subject of the event if missing.'),
    ...thing,
    provider: name('Who offers it.'),
    input_price: measure('USD for a million tokens of input.'),
    output_price: measure('USD for a million tokens of output.'),
    cache_read_price: measure('USD for a million tokens read from the cache.'),
    cache_write_price: measure('USD for a million tokens written to the cache.'),
    context_window: measure('Tokens it takes at most.'),
  },
  'An AI model and its prices.',
)
