import type { Declared } from './declared.ts'
import type { Report } from './report.ts'

/** `session_duration_p90` as people read it: "Session duration P90". */
export function labelOf(name: string): string {
  const text = name.replaceAll('_', ' ').replace(/\bp(\d+)\b/g, 'P$1')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Reports a name that the product needs for itself; true where it may be used. */
export function checkName(report: Report, what: string, declared: Declared<{ readonly name: string }>): boolean {
  const { name } = declared.value
  if (!name.includes('__') && name !== 'time' && !name.startsWith('stack_')) return true
  const at = declared.at(['name'])
  if (name.includes('__')) {
    const hint = `Write \`${name.replace(/__+/g, '_').replace(/_$/, '')}\`.`
    report('AM1203', `\`${name}\` cannot name a ${what}: two underscores in a row are kept for joined dimensions.`, {
      at,
      hint,
    })
    return false
  }
  if (name === 'time' && what !== 'semantic model') {
    const hint =
      what === 'dimension' ? 'Name it after what happens then, such as `started_at`.' : 'Choose another name.'
    report('AM1203', `\`time\` cannot name a ${what}: it is the time bucket of every answer.`, { at, hint })
    return false
  }
  if (name.startsWith('stack_') && what === 'semantic model') {
    report('AM1203', `\`${name}\` cannot name a semantic model: \`stack_\` is kept for metrics across models.`, {
      at,
      hint: 'Choose a name that does not start with `stack_`.',
    })
    return false
  }
  return true
}

export const isName = (text: string): boolean => /^[a-z][a-z0-9_]{0,62}$/.test(text)
