import { type ActivityEvent, DAY, event, FIRST_DAY, REPOSITORIES, TEAMS, USERS } from './event.ts'

const BEFORE = FIRST_DAY - 20 * DAY

/** Who and what there is, with seats, budgets, registered agents and controls. */
export function organisationEvents(): readonly ActivityEvent[] {
  return [
    ...[
      ['top', null],
      ['d1', 'top'],
      ['d2', 'top'],
    ].map(([id, parent]) =>
      event('org.unit.changed', id ?? '', BEFORE, { org_unit_id: id, name: id, parent_id: parent }),
    ),
    ...TEAMS.map((id, index) =>
      event('org.team.changed', id, BEFORE, {
        team_id: id,
        name: `Team ${id}`,
        org_unit_id: index === 2 ? 'd2' : 'd1',
      }),
    ),
    ...TEAMS.map((id) => event('org.project.changed', `p-${id}`, BEFORE, { project_id: `p-${id}`, team_id: id })),
    ...USERS.map(({ id, email, team }) =>
      event('org.user.changed', id, BEFORE, {
        user_id: id,
        name: `Person ${id}`,
        email,
        login: `login-${id}`,
        team_id: team,
      }),
    ),
    ...REPOSITORIES.map((id, index) =>
      event('org.repository.changed', id, BEFORE, {
        repository_id: id,
        project_id: `p-t${(index % 3) + 1}`,
        connected: id !== 'r6',
      }),
    ),
    event('org.user.changed', 'u13', BEFORE, {
      user_id: 'u13',
      name: 'Person u13',
      email: 'person13@acme.example',
      team_id: 't1',
    }),
    event('org.ai_model.changed', 'claude-sonnet-4-6', BEFORE, {
      model: 'claude-sonnet-4-6',
      input_price: 3,
      output_price: 15,
    }),
    ...seats(),
    ...budgets(),
    ...agents(),
    ...controls(),
  ]
}

function seats(): readonly ActivityEvent[] {
  const seat = (user: string, time: number, status: string) =>
    event('seat.changed', `seat-${user}`, time, { seat_id: `seat-${user}`, user_id: user, status, price: 30 })
  return [
    // The last person works without a seat; one seat is given back in the sample week, another one after it.
    ...USERS.slice(0, 11).map(({ id }) => seat(id, BEFORE, 'assigned')),
    // Nobody has ever worked on this one.
    seat('u13', BEFORE - 15 * DAY, 'assigned'),
    seat('u1', FIRST_DAY + 16 * DAY, 'removed'),
    seat('u2', FIRST_DAY + 23 * DAY, 'removed'),
  ]
}

function budgets(): readonly ActivityEvent[] {
  const budget = (id: string, scope: string, scopeId: string | null, amount: number) =>
    event('budget.set', id, BEFORE, {
      budget_id: id,
      scope,
      scope_id: scopeId,
      period: 'month',
      period_start: '2026-02-01',
      amount,
    })
  return [budget('b', 'org', null, 200), budget('b-d1', 'org_unit', 'd1', 120), budget('b-t1', 'team', 't1', 50)]
}

function agents(): readonly ActivityEvent[] {
  const change = (agent: string, days: number, data: ActivityEvent['data']) =>
    event('agent.lifecycle.changed', agent, FIRST_DAY + days * DAY, { agent_id: agent, ...data })
  return [
    ...['a1', 'a2', 'a3', 'a4'].map((id, index) =>
      change(id, -5, { change: 'created', status: 'active', owner_id: `u${index + 1}`, team_id: 't1' }),
    ),
    change('a1', 3, { change: 'version', version: '2' }),
    change('a2', 15, { change: 'owner', owner_id: null, previous_owner_id: 'u2' }),
    change('a3', 10, { change: 'suspended', status: 'suspended' }),
    change('a4', 12, { change: 'retired', status: 'retired' }),
    event('org.user.changed', 'u3', FIRST_DAY + 17 * DAY, {
      user_id: 'u3',
      name: 'Person u3',
      email: 'person3@acme.example',
      login: 'login-u3',
      team_id: 't3',
      active: false,
    }),
  ]
}

function controls(): readonly ActivityEvent[] {
  const assessed = (control: string, framework: string, days: number, status: string, weight: number) =>
    event('compliance.control.assessed', control, FIRST_DAY + days * DAY, {
      control_id: control,
      framework,
      status,
      weight,
    })
  return [
    assessed('c1', 'SOC2', 1, 'fail', 2),
    assessed('c1', 'SOC2', 15, 'pass', 2),
    assessed('c2', 'SOC2', 2, 'partial', 1),
    assessed('c3', 'SOC2', 24, 'fail', 5),
    assessed('c1', 'GDPR', 4, 'fail', 1),
    assessed('c4', 'GDPR', 4, 'not_applicable', 9),
    assessed('c5', 'GDPR', 20, 'pass', 3),
  ]
}
