import type { Dashboard } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { Declared, Project } from '../../project/index.ts'

const RESERVED = /^\/(api|cubejs-api|v1|health|ready|metrics|schemas|assets|sign-in|sign-out)(\/|$)/

export const pathOf = ({ name, path }: Dashboard): string => normalize(path ?? `/${name}`)

const normalize = (path: string) => (path === '/' ? path : path.replace(/\/+$/, ''))

/** Reports dashboards whose path is taken, by the server or by another one. */
export function checkPaths({ report }: Project, dashboards: readonly Declared<Dashboard>[]): void {
  const taken = new Map<string, Declared<Dashboard>>()
  for (const dashboard of dashboards) {
    const path = pathOf(dashboard.value)
    const at = dashboard.value.path === undefined ? dashboard.at(['name']) : dashboard.at(['path'])
    if (RESERVED.test(path)) {
      report('AM1703', `\`${path}\` is a route of the server.`, {
        at,
        hint: `Write \`path: /pages${path}\` or another one.`,
      })
    }
    const first = taken.get(path)
    if (first === undefined) taken.set(path, dashboard)
    else {
      report('AM1702', `\`${dashboard.value.name}\` and \`${first.value.name}\` are both at \`${path}\`.`, {
        at,
        hint: 'Give one of them another `path`.',
        related: [
          { message: 'The other one', at: first.value.path === undefined ? first.at(['name']) : first.at(['path']) },
        ],
      })
    }
  }
}

/** True where a drill leads to a dashboard, or out of the product. */
export function checkDrill(
  { broken, report }: Project,
  widget: Declared<{ readonly drill?: string }>,
  paths: ReadonlySet<string>,
): boolean {
  const { drill } = widget.value
  if (drill === undefined || /^https?:\/\//.test(drill)) return true
  const path = normalize(drill.replace(/[?#].*$/, ''))
  if (paths.has(path) || broken.has('dashboards', path.slice(1))) return true
  report('AM1704', `There is no page \`${path}\` to drill to.`, {
    at: widget.at(['drill']),
    hint: suggest(path, paths),
  })
  return false
}
