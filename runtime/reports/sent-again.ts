import { type Message, readSent } from '../channels/index.ts'
import type { Manifest } from '../compiler/index.ts'
import type { ReportRunRow, Store } from '../store/index.ts'

type Run = Pick<ReportRunRow, 'id' | 'org' | 'report' | 'occurrence' | 'messages' | 'recipients'>

/** What the keys of all messages of a run begin with. */
export const keyOfRun = ({ occurrence, report }: Pick<Run, 'occurrence' | 'report'>) =>
  `report:${report}:${occurrence}:`

/**
 * The very messages of an earlier run, for its receivers or for the addresses that were asked for. Undefined where the
 * outbox has not all of them any more, or none that is a mail: then the report has to be made anew for its period.
 */
export async function messagesAgain(
  { db }: Store,
  { channels }: Manifest,
  earlier: Run,
  run: Run,
): Promise<readonly Message[] | undefined> {
  const sent = await readSent(db, earlier.org, keyOfRun(earlier))
  if (sent.length === 0 || sent.length !== earlier.messages) return undefined
  const renewed = sent.map((message) => ({ ...message, key: message.key.replace(keyOfRun(earlier), keyOfRun(run)) }))
  const { recipients } = run
  if (recipients === null) return renewed
  const isMail = ({ channel }: Message) => channels.some(({ name, type }) => name === channel && type === 'email')
  // Each copy once, however many lists it went to.
  const mails = new Map(renewed.filter(isMail).map((message) => [message.key, { ...message, to: recipients }]))
  return mails.size === 0 ? undefined : [...mails.values()]
}
