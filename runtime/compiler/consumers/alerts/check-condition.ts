import type { Alert } from '../../../definitions/index.ts'
import type { Declared, Project } from '../../project/index.ts'

interface Limits {
  readonly above?: number
  readonly below?: number
  readonly outside?: readonly [number, number] | readonly number[]
}

/** Reports a `when` that cannot be met, is met always, or says two things. */
export function checkCondition(project: Project, alert: Declared<Alert>): boolean {
  const { value } = alert
  const fine = [checkTimes(project, alert), checkBounds(project, alert)]
  if (value.type === 'threshold')
    fine.push(checkThreshold(project, alert as Declared<Extract<Alert, { type: 'threshold' }>>))
  if (value.type === 'budget') fine.push(checkParts(project, alert as Declared<Extract<Alert, { type: 'budget' }>>))
  return fine.every(Boolean)
}

function checkThreshold(project: Project, alert: Declared<Extract<Alert, { type: 'threshold' }>>): boolean {
  const { grain, when, window } = alert.value
  const own = kindsOf(when)
  if (window !== undefined && (grain !== undefined || when.change !== undefined)) {
    project.report(
      'AM1821',
      `\`window: ${window}\` says nothing beside ${grain === undefined ? '`change`' : '`grain`'}.`,
      {
        at: alert.at(['window'], 'key'),
        hint: 'Keep one of them: a window looks at the time before now, a grain at the last complete period.',
      },
    )
    return false
  }
  if (when.change === undefined) return checkLimits(project, alert, when, ['when'])
  if (own.length > 0) {
    project.report('AM1807', `\`${own[0]}\` and \`change\` are two conditions.`, {
      at: alert.at(['when', 'change'], 'key'),
      hint: 'Make an alert of each.',
    })
    return false
  }
  return checkLimits(project, alert, when.change, ['when', 'change'])
}

const kindsOf = (limits: Limits) => (['above', 'below', 'outside'] as const).filter((key) => limits[key] !== undefined)

function checkLimits({ report }: Project, alert: Declared<Alert>, limits: Limits, path: readonly string[]): boolean {
  const kinds = kindsOf(limits)
  const { above, below, outside } = limits
  if (kinds.length === 0) {
    report('AM1806', 'Nothing says when the alert fires.', {
      at: alert.at(path),
      hint: 'Add `above`, `below`, `outside` or `change`.',
    })
    return false
  }
  if (kinds.length > 1) {
    const range =
      above !== undefined && below !== undefined
        ? `[${Math.min(above, below)}, ${Math.max(above, below)}]`
        : '[low, high]'
    report('AM1807', `\`${kinds.join('` and `')}\` are two conditions.`, {
      at: alert.at([...path, kinds[1] ?? ''], 'key'),
      hint: `Write \`outside: ${range}\`, or make an alert of each.`,
    })
    return false
  }
  const [low, high] = outside ?? []
  if (low === undefined || high === undefined || low < high) return true
  report('AM1807', `\`outside\` goes from ${low} to ${high}.`, {
    at: alert.at([...path, 'outside']),
    hint: 'Write the smaller limit first.',
  })
  return false
}

/** The limits lie within the bounds that the interface offers. */
function checkBounds({ report }: Project, alert: Declared<Alert>): boolean {
  const { value } = alert
  const { max = Number.POSITIVE_INFINITY, min = Number.NEGATIVE_INFINITY } =
    ('bounds' in value ? value.bounds : undefined) ?? {}
  if (min >= max) {
    report('AM1811', `\`bounds\` go from ${min} to ${max}.`, {
      at: alert.at(['bounds']),
      hint: 'Make `max` greater than `min`.',
    })
    return false
  }
  const when: Limits = value.type === 'threshold' || value.type === 'adoption' ? value.when : {}
  for (const key of ['above', 'below'] as const) {
    const limit = when[key]
    if (limit === undefined || (limit >= min && limit <= max)) continue
    report('AM1811', `The limit ${limit} lies out of its \`bounds\`.`, {
      at: alert.at(['when', key]),
      hint: 'Change the limit or the bounds.',
    })
    return false
  }
  return true
}

function checkParts({ report }: Project, alert: Declared<Extract<Alert, { type: 'budget' }>>): boolean {
  const { at = [], budget } = alert.value
  const repeated = at.findIndex((part, index) => at.indexOf(part) < index)
  if (repeated >= 0) {
    report('AM1807', `${at[repeated]} is named twice.`, { at: alert.at(['at', repeated]), hint: 'Remove one of them.' })
  }
  const fractions = at.length > 0 && at.every((part) => part <= 1)
  if (fractions) {
    const meant = at.map((part) => part * 100).join(', ')
    report('AM1807', 'Parts of a budget are percentages, and these are fractions.', {
      at: alert.at(['at']),
      hint: `Write \`at: [${meant}]\`.`,
    })
  }
  const isNothing = typeof budget === 'number' && budget <= 0
  if (isNothing)
    report('AM1807', `A budget of ${budget} is spent before it begins.`, {
      at: alert.at(['budget']),
      hint: 'Write an amount.',
    })
  return repeated < 0 && !fractions && !isNothing
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/** Seconds of a duration such as `15m`. */
function secondsOf(duration: string): number {
  const unit = (Object.keys(SECONDS) as (keyof typeof SECONDS)[]).find((key) => duration.endsWith(key))
  return unit === undefined ? Number.NaN : Number(duration.slice(0, -1)) * SECONDS[unit]
}

function checkTimes({ report }: Project, alert: Declared<Alert>): boolean {
  const { every, repeat, type } = alert.value
  const waits = type === 'threshold' || type === 'anomaly' || type === 'adoption' ? alert.value.when?.for : undefined
  if (every !== undefined && waits !== undefined && secondsOf(waits) < secondsOf(every)) {
    report('AM1817', `\`for: ${waits}\` is shorter than \`every: ${every}\`, so the first check that meets it fires.`, {
      at: alert.at(['when', 'for']),
      hint: `Check more often, or write \`for: ${every}\` or longer.`,
    })
  }
  if (every === undefined || repeat === undefined || secondsOf(repeat) >= secondsOf(every)) return true
  report('AM1818', `\`repeat: ${repeat}\` is shorter than \`every: ${every}\`: nothing new is known in between.`, {
    at: alert.at(['repeat']),
    hint: `Write \`repeat: ${every}\` or longer.`,
  })
  return false
}
