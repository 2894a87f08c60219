import type { DryRun } from '../../../runtime/alerts/index.ts'
import type { Call } from '../../command.ts'
import type { Output } from '../../output.ts'
import { openAlerts } from './alerts-host.ts'

/** Says what would fire now, and why. Nobody is told. */
export async function check(call: Call): Promise<number> {
  const host = await openAlerts(call)
  try {
    const checks = await host.check(call.args[1])
    if (call.out.json) call.out.result({ checks })
    else show(checks, call.out)
    return 0
  } finally {
    await host.close()
  }
}

function show(checks: readonly DryRun[], out: Output) {
  const { colors, print } = out
  for (const org of new Set(checks.map((check) => check.org))) {
    if (org !== null) print(colors.bold(org))
    for (const check of checks.filter((one) => one.org === org)) showOne(check, out)
  }
  const fires = checks.filter(({ verdict }) => verdict === 'fires').length
  const failed = checks.filter(({ verdict }) => verdict === 'error').length
  print(`${checks.length} checks: ${fires} would fire, ${failed} could not be made. Nobody was told.`)
}

const MOST = 5

function showOne({ condition, instances, name, severity, verdict }: DryRun, { colors, print }: Output) {
  const paint = {
    fires: colors.red,
    waits: colors.yellow,
    quiet: colors.green,
    no_data: colors.dim,
    error: colors.magenta,
  }[verdict]
  const mark = { fires: '●', waits: '◐', quiet: '✓', no_data: '○', error: '✗' }[verdict]
  print(`  ${paint(mark)} ${name} ${colors.dim(`${severity} · ${condition}`)}`)
  const told = instances.filter(
    (instance) => instance.verdict === verdict && (verdict !== 'quiet' || instances.length === 1),
  )
  for (const { labels, why } of told.slice(0, MOST)) {
    const values = Object.values(labels).join(', ')
    print(`      ${values === '' ? '' : `${values}: `}${why}`)
  }
  if (told.length > MOST) print(colors.dim(`      … and ${told.length - MOST} more`))
}
