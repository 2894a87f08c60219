import { StatusMark } from '../../components/status-mark.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { type Times, useTimes } from '../parts/times.ts'
import { useAction } from '../parts/use-action.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'

interface Channel {
  readonly name: string
  readonly type: string
  readonly description: string | null
  readonly problem: string | null
  readonly waiting: number
  readonly last: {
    readonly state: string
    readonly title: string
    readonly created_at: string
    readonly error: string | null
  } | null
}

interface TestResult {
  readonly ok: boolean
  readonly ms: number
  readonly error: string | null
}

export function ChannelsPage({ project }: SectionProps) {
  const channels = useResource<{ channels: readonly Channel[] }>('/api/v1/channels')
  const times = useTimes(project)
  return (
    <Section title="Channels" text="Declared in alerts/; secrets come from the environment and are never shown.">
      <Loaded resource={channels} absent="This server sends nothing.">
        {(data) =>
          data.channels.length === 0 ? (
            <Nothing text="No channels yet. Declare one in a file of alerts/, under channels:." />
          ) : (
            <ul className="rows">
              {data.channels.map((channel) => (
                <ChannelRow key={channel.name} channel={channel} times={times} onTested={channels.reload} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

interface RowProps {
  readonly channel: Channel
  readonly times: Times
  readonly onTested: () => Promise<void>
}

function ChannelRow({ channel, times, onTested }: RowProps) {
  const { busy, error, run } = useAction()
  const test = () =>
    run(async () => {
      const path = `/api/v1/channels/${encodeURIComponent(channel.name)}/test`
      const result = await send<TestResult>('POST', path)
      await onTested()
      if (!result.ok) throw new Error(result.error ?? 'The test did not arrive.')
    }, `A test message went out on ${channel.name}.`)
  const failed = channel.problem ?? error?.message ?? null
  return (
    <li className="rows-item">
      <div>
        <p className="rows-title">
          {channel.name} <span className="tag">{channel.type.replaceAll('_', ' ')}</span>
        </p>
        <p className="rows-text">
          {channel.description !== null && `${channel.description} · `}
          {channel.last === null
            ? 'Nothing was sent yet'
            : `Last: ${channel.last.title}, ${channel.last.state} ${times.ago(channel.last.created_at)}`}
          {channel.waiting > 0 && ` · ${channel.waiting} waiting`}
        </p>
        {failed !== null && (
          <p role="alert">
            <StatusMark status="bad" label={failed} />
          </p>
        )}
      </div>
      <button
        type="button"
        className="button"
        disabled={busy}
        aria-label={`Send a test on ${channel.name}`}
        onClick={() => void test()}
      >
        {busy ? 'Sending …' : 'Send a test'}
      </button>
    </li>
  )
}
