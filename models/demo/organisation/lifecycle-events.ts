import { AGENTS } from '../catalogue/agents.ts'
import type { Happening } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import { at, createRandom, type Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import type { Organisation, RegisteredAgent } from './organisation.ts'
import type { User } from './users.ts'

/** Days that a registered agent stays with an owner: they change about four times a year. */
const TENURE = 92

/** Who answers for each registered agent. Some owners leave and nobody takes over: their agents are orphaned. */
export function lifecycleEvents(organisation: Organisation, story: Story): readonly Happening[] {
  return organisation.agents.flatMap((agent, index) => {
    const random = createRandom(story.seed, organisation.id, agent.id)
    const orphaned = index % 5 === 3 ? leaver(organisation, agent) : undefined
    return index === 7 ? retired(agent, story, organisation) : [...owners(random, organisation, story, agent, orphaned)]
  })
}

function* owners(
  random: Random,
  { usersOf }: Organisation,
  story: Story,
  agent: RegisteredAgent,
  orphaned: User | undefined,
): Generator<Happening> {
  const staying = (usersOf.get(agent.team) ?? []).filter(({ leaves }) => leaves === Infinity)
  const until = orphaned === undefined ? story.lastDay : orphaned.leaves - 20 * DAY
  const kind = random.weighted(AGENTS).name
  const common = { agent_id: agent.id, name: agent.name, kind, team_id: agent.team.id, status: 'active' }
  let owner = random.pick(staying)
  const start = agent.team.adopts + random.int(0, 20) * DAY
  yield change(agent, 'created', start, { ...common, version: '1.0', owner_id: owner.id })
  for (let day = start; ; ) {
    day += random.int(TENURE - 40, TENURE + 40) * DAY
    if (day >= until) break
    const next = at(staying, staying.indexOf(owner) + 1)
    yield change(agent, `owner-${day / DAY}`, day, { ...common, owner_id: next.id, previous_owner_id: owner.id })
    owner = next
  }
  if (orphaned !== undefined && until > start) {
    yield change(agent, 'owner-last', until, { ...common, owner_id: orphaned.id, previous_owner_id: owner.id })
  }
  if (orphaned !== undefined && random.chance(0.4)) {
    const left = { ...common, owner_id: null, previous_owner_id: orphaned.id, reason: 'The owner left.' }
    yield change(agent, 'owner-none', Math.max(orphaned.leaves, start) + DAY, left)
  }
}

/** Somebody of the team who leaves, else anybody who does. */
function leaver({ users, usersOf }: Organisation, { team }: RegisteredAgent): User | undefined {
  const leaves = (user: User) => user.leaves < Infinity && user.leaves > team.adopts + 60 * DAY
  return (usersOf.get(team) ?? []).find(leaves) ?? users.find(leaves)
}

function retired(agent: RegisteredAgent, story: Story, { usersOf }: Organisation): readonly Happening[] {
  const owner = at(usersOf.get(agent.team) ?? [], 0).id
  const common = { agent_id: agent.id, name: agent.name, kind: 'openhands', team_id: agent.team.id, owner_id: owner }
  return [
    change(agent, 'created', agent.team.adopts, { ...common, status: 'active', version: '0.9' }),
    change(agent, 'suspended', story.lastDay - 60 * DAY, { ...common, status: 'suspended', reason: 'Not used.' }),
    change(agent, 'retired', story.lastDay - 30 * DAY, { ...common, status: 'retired', reason: 'Replaced.' }),
  ]
}

function change(agent: RegisteredAgent, what: string, day: number, data: Happening['data']): Happening {
  const time = day + 10 * HOUR
  return {
    id: `${agent.id}-${what}`,
    source: 'directory',
    type: 'agent.lifecycle.changed',
    subject: agent.id,
    time,
    received: time + 1000,
    data: { ...data, change: what.split('-')[0] },
  }
}
