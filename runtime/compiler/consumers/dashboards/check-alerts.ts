import type { Widget } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { Declared, Project } from '../../project/index.ts'

/** True where all alerts that a widget names are declared. */
export function checkAlerts({ broken, declarations, report }: Project, declared: Declared<Widget>): boolean {
  const { value } = declared
  if (value.type !== 'alerts') return true
  const known = declarations.alerts.map((alert) => alert.value.name)
  return (value.alerts ?? [])
    .map((name, index) => {
      if (known.includes(name)) return true
      if (!broken.has('alerts', name)) {
        report('AM1720', `There is no alert \`${name}\`.`, {
          at: declared.at(['alerts', index]),
          hint: suggest(name, known) ?? 'Declare it under `alerts:` in alerts/.',
        })
      }
      return false
    })
    .every(Boolean)
}
