import type { Account, PullRequestChange, Push } from '../change.ts'
import { ATTRIBUTION_RULES, type AttributionRule, SESSION_RULES, type Trace } from './rules.ts'

export interface Attribution {
  readonly agent: string
  readonly createdBy: 'agent' | 'assisted'
  readonly by: Trace
}

type Signs = Readonly<Record<Trace, readonly string[]>>

/** The agent that made a change or helped with it; null where nothing says so. */
export function attribute(change: PullRequestChange | Push, rules = ATTRIBUTION_RULES): Attribution | null {
  const signs = signsOf(change)
  const rule = rules.find((each) => signs[each.by].some((sign) => fits(each, sign)))
  if (rule === undefined) return null
  const createdBy = rule.by === 'author' || rule.by === 'branch' ? 'agent' : 'assisted'
  return { agent: rule.agent, createdBy, by: rule.by }
}

/** The session that a change names. */
export function sessionOf(change: PullRequestChange | Push): string | null {
  const body = change.kind === 'push' ? [] : [change.body]
  const texts = { branch: [change.branch], trailer: [...change.messages, ...body], body: [...body, ...change.messages] }
  for (const { by, is } of SESSION_RULES) {
    for (const text of texts[by]) {
      const session = is.exec(text)?.groups?.session
      if (session !== undefined && session.length <= 256) return session
    }
  }
  return null
}

function signsOf(change: PullRequestChange | Push): Signs {
  const isPush = change.kind === 'push'
  const body = isPush ? '' : change.body
  return {
    author: [loginOf(isPush ? change.pusher : change.author)],
    branch: [change.branch],
    trailer: [...change.messages, body].flatMap(coAuthors),
    label: isPush ? [] : change.labels.map((label) => label.toLowerCase()),
    body: [body, ...change.messages],
  }
}

/** `claude opus 5 <noreply@anthropic.com>` of `Co-Authored-By: Claude Opus 5 <noreply@anthropic.com>`. */
function coAuthors(message: string): readonly string[] {
  const people = message.matchAll(/^(?:co-authored-by|assisted-by|generated-by):(.{0,300})$/gim)
  return [...people].map(([, person = '']) => person.trim().toLowerCase())
}

const loginOf = ({ login, isBot }: Account) => {
  const name = login.toLowerCase()
  return isBot && !name.endsWith('[bot]') ? `${name}[bot]` : name
}

function fits({ is }: AttributionRule, sign: string): boolean {
  return is instanceof RegExp ? is.test(sign) : is.includes(sign)
}
