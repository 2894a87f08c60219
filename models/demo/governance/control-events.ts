import { dayName, type Happening, round } from '../core/event.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import { createRandom } from '../core/random.ts'
import { progress, type Story } from '../core/story.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { CONTROLS, type Control } from './controls.ts'

/** Controls are assessed on Mondays: they get better over the year, but for a few weeks after an audit found gaps. */
export function controlEvents(story: Story, { id }: Organisation, day: number): readonly Happening[] {
  if (new Date(day).getUTCDay() !== 1) return []
  return CONTROLS.map((control, index) => {
    const score = scoreOf(story, id, control, day)
    const time = day + 7 * HOUR + index * 60_000
    const status = score >= 0.8 ? 'pass' : score >= 0.5 ? 'partial' : 'fail'
    return {
      id: `${control.id}-${dayName(day)}`,
      source: 'compliance',
      type: 'compliance.control.assessed',
      subject: control.id,
      time,
      received: time + 1500,
      data: {
        control_id: control.id,
        framework: control.framework,
        name: control.name,
        category: control.category,
        status,
        score: round(score, 3),
        weight: control.weight,
        assessed_by: index % 4 === 0 ? 'internal audit' : 'control monitor',
        evidence: `https://compliance.${id}.example/evidence/${control.id}/${dayName(day)}`,
        ...(status === 'pass' ? {} : { due_at: new Date(day + 30 * DAY).toISOString() }),
      },
    }
  })
}

function scoreOf(story: Story, organisation: string, control: Control, day: number): number {
  const usual = createRandom(story.seed, organisation, control.id)
  const from = 0.45 + usual.next() * 0.35
  const to = 0.8 + usual.next() * 0.2
  const weak = usual.chance(0.12) ? 0.3 : 0
  const audited = day >= story.lastDay - 110 * DAY && day < story.lastDay - 75 * DAY
  const found = audited && usual.chance(0.6) ? 0.3 : 0
  const noise = createRandom(story.seed, organisation, control.id, day).normal(0, 0.02)
  return Math.min(1, Math.max(0, from + (to - from) * progress(story, day) - weak - found + noise))
}
