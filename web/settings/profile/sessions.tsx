import { sayFailure } from '../../frame/toasts.tsx'
import type { Project } from '../../queries/project.ts'
import { Loaded, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useTimes } from '../parts/times.ts'
import { useAction } from '../parts/use-action.ts'
import { useResource } from '../parts/use-resource.ts'

interface Session {
  readonly id: string
  readonly user_agent: string | null
  readonly address: string | null
  readonly created_at: string
  readonly last_seen_at: string | null
  readonly current: boolean
}

/** Where one is signed in. */
export function Sessions({ project }: { readonly project: Project }) {
  const sessions = useResource<{ sessions: readonly Session[] }>('/api/v1/account/sessions')
  const times = useTimes(project)
  const { busy, run } = useAction()
  const end = (path: string, done: string) =>
    run(async () => {
      await send('DELETE', `/api/v1/account/sessions${path}`).catch(sayFailure)
      await sessions.reload()
    }, done)
  const others = (sessions.data?.sessions ?? []).filter(({ current }) => !current)
  return (
    <Section
      title="Sessions"
      text="Browsers you are signed in with."
      actions={
        others.length > 0 && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void end('', 'Signed out elsewhere.')}
          >
            Sign out everywhere else
          </button>
        )
      }
    >
      <Loaded resource={sessions}>
        {(data) => (
          <ul className="rows">
            {data.sessions.map((session) => (
              <li key={session.id} className="rows-item">
                <div>
                  <p className="rows-title">
                    {browserOf(session.user_agent)} {session.current && <span className="tag">This one</span>}
                  </p>
                  <p className="rows-text">
                    {session.address ?? 'Unknown address'} · last seen {times.ago(session.last_seen_at)} · since{' '}
                    {times.at(session.created_at)}
                  </p>
                </div>
                {!session.current && (
                  <button
                    type="button"
                    className="button"
                    disabled={busy}
                    aria-label={`Sign out ${browserOf(session.user_agent)}`}
                    onClick={() => void end(`/${session.id}`, 'The session has ended.')}
                  >
                    Sign out
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

function browserOf(agent: string | null): string {
  if (agent === null) return 'Unknown browser'
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1] ?? agent.split(/[\s/]/)[0]
  const system = SYSTEMS.find(([mark]) => agent.includes(mark))?.[1]
  return system === undefined ? `${browser}` : `${browser} on ${system}`
}
