import { isError, toJson } from '../../runtime/diagnostics/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import type { CommandModule } from '../command.ts'
import { showProblems } from '../show-problems.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--strict', 'fail on warnings, too'),
  run: async ({ project: dir, options, out }) => {
    const { diagnostics, counts } = await checkProject(dir)
    const failed = diagnostics.some((item) => isError(item) || options.strict === true)
    if (out.json) out.result({ ...toJson(diagnostics, counts), ok: !failed })
    else {
      if (diagnostics.length > 0) out.print(showProblems(diagnostics, dir, out.colors.isColorSupported))
      if (!failed) out.print(`${out.colors.green('✓')} ${summary(counts)}`)
    }
    return failed ? 1 : 0
  },
}

function summary(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  return parts.map(([noun, count]) => `${count} ${nounOf(noun, count)}`).join(', ') || 'nothing declared yet'
}

const nounOf = (plural: string, count: number) => (count === 1 ? plural.replace(/s$/, '') : plural).replaceAll('_', ' ')
