import { fail } from '../../../runtime/diagnostics/index.ts'
import { wrongOption } from '../../caller.ts'
import { type Call, listOption, textOption } from '../../command.ts'
import { type AlertsHost, openAlerts, type SilenceInput } from './alerts-host.ts'

/** Makes a silence, ends one, or lists them. */
export async function silence(call: Call): Promise<number> {
  const { options, out } = call
  const end = textOption(options, 'end')
  const input = end === undefined ? readInput(call) : undefined
  const host = await openAlerts(call)
  try {
    if (end === undefined && input === undefined) await show(call, host)
    else {
      const org = await onlyOne(host)
      const made = input === undefined ? undefined : await host.silence(org, input)
      if (end !== undefined) await host.unsilence(org, end)
      if (out.json) out.result(made ?? { ended: end })
      else
        out.print(
          made === undefined
            ? `Ended ${end}.`
            : `Silenced until ${instantOf(made.endsAt)}. To end it: metrics alerts silence --end ${made.id}`,
        )
    }
    return 0
  } finally {
    await host.close()
  }
}

function readInput({ args, options }: Call): SilenceInput | undefined {
  const [, alert] = args
  const pairs = listOption(options, 'label')
  if (alert === undefined && pairs.length === 0) return undefined
  const until = textOption(options, 'for') ?? textOption(options, 'until')
  const reason = textOption(options, 'reason')
  if (until === undefined) throw wrongOption('How long?', 'For example: --for 2h, or --until 2026-03-31T09:00:00Z')
  if (reason === undefined) throw wrongOption('Why?', "Others will ask: --reason 'the database moves'")
  return {
    ...(alert !== undefined && { alert }),
    ...(pairs.length > 0 && { matchers: Object.fromEntries(pairs.map(readPair)) }),
    until,
    reason,
  }
}

function readPair(pair: string): readonly [string, string] {
  const [name = '', ...rest] = pair.split('=')
  if (name === '' || rest.length === 0) throw wrongOption(`'${pair}' is no label.`, 'For example: --label team=core')
  return [name, rest.join('=')]
}

async function onlyOne(host: AlertsHost): Promise<string | null> {
  const [first, ...more] = await host.tenants()
  if (first !== undefined && more.length === 0) return first
  return fail('AM6002', 'A silence belongs to one tenant.', {
    hint: first == null ? 'The warehouse holds no rows of any tenant yet.' : `Say which: --org ${first}`,
  })
}

async function show({ out }: Call, host: AlertsHost) {
  const all: object[] = []
  for (const org of await host.tenants()) {
    for (const { alert, createdBy, endsAt, id, matchers, reason } of await host.silences(org)) {
      all.push({ org, id, alert, matchers, reason, by: createdBy, until: endsAt })
      if (!out.json)
        out.print(
          `${id}  ${org ?? ''}  ${alert ?? 'any alert'} ${JSON.stringify(matchers)}  until ${instantOf(endsAt)}  ${createdBy}: ${reason}`,
        )
    }
  }
  if (out.json) out.result({ silences: all })
  else if (all.length === 0) out.print('There are no silences.')
}

const instantOf = (date: string | Date | null) => (date === null ? 'it is ended' : new Date(date).toISOString())
