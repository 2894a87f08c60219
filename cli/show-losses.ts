import pc from 'picocolors'
import { isSecurity, type Loss } from '../runtime/interchange/index.ts'
import type { Output } from './output.ts'

/** What could not be carried over, for people: what no longer protects data first. */
export function showLosses(losses: readonly Loss[], notes: readonly string[], out: Output): void {
  const colors = pc.createColors(out.interactive)
  const line = ({ code, severity, object, message, hint }: Loss) => {
    const color = severity === 'error' ? colors.red : colors.yellow
    return `  ${color(code)} ${colors.bold(object)}: ${message} ${colors.dim(hint)}`
  }
  const security = losses.filter(isSecurity)
  const others = losses.filter((loss) => !isSecurity(loss))
  if (security.length > 0) {
    const title = `SECURITY: ${security.length} ${security.length === 1 ? 'rule needs' : 'rules need'} your attention before anybody uses this`
    out.note(`\n${colors.red(colors.bold(title))}\n${security.map(line).join('\n')}`)
  }
  if (others.length > 0) out.note(`\n${colors.bold('Not carried over')}\n${others.map(line).join('\n')}`)
  if (notes.length > 0) out.note(`\n${notes.map((note) => `- ${note}`).join('\n')}`)
  if (losses.length + notes.length > 0) out.note('')
}

export function refuseLosses(out: Output): void {
  out.note('AM6205: something would be lost, and --strict does not allow it; nothing was written.')
}
