import { isError } from '../../runtime/diagnostics/index.ts'
import {
  checkOut,
  compareEffects,
  diffManifests,
  diffMarkdown,
  diffText,
  type Effect,
} from '../../runtime/diff/index.ts'
import { checkProject, type Project } from '../../runtime/project/index.ts'
import { wrongOption } from '../caller.ts'
import { type CommandModule, textOption } from '../command.ts'
import { showProblems } from '../show-problems.ts'

const EFFECTS: readonly Effect[] = ['breaking', 'access', 'values', 'cosmetic', 'addition']

export const command: CommandModule = {
  formats: ['markdown'],
  define: (command) =>
    void command
      .argument('[ref]', 'branch, tag or commit to compare with', 'HEAD')
      .option('--to <ref>', 'compare that with this revision instead of the work tree')
      .option(
        '--fail-on <effect>',
        'exit 1 on differences as grave as this: breaking, access, values, cosmetic, addition',
      ),
  run: async ({ project: dir, args, options, format, out }) => {
    const from = args[0] ?? 'HEAD'
    const to = textOption(options, 'to')
    const refused = effectOption(textOption(options, 'failOn'))
    const [before, after] = [
      await versionOf(dir, from),
      to === undefined ? await checkProject(dir) : await versionOf(dir, to),
    ]
    const errors = after.diagnostics.filter(isError)
    if (errors.length > 0) out.note(showProblems(errors, dir, out.interactive))
    const changes = diffManifests(before.manifest, after.manifest)
    const names = { from, to: to ?? 'the work tree' }
    if (out.json) out.result({ ok: true, ...names, changes })
    else out.print(format === 'markdown' ? diffMarkdown(changes, names).trimEnd() : diffText(changes, out.colors))
    const grave = refused === undefined ? [] : changes.filter(({ effect }) => compareEffects(effect, refused) <= 0)
    if (grave.length > 0 && !out.json) out.note(`${grave.length} of these are refused by --fail-on ${refused}.`)
    return errors.length > 0 || grave.length > 0 ? 1 : 0
  },
}

async function versionOf(dir: string, ref: string): Promise<Project> {
  const checkout = await checkOut(dir, ref)
  try {
    return await checkProject(checkout.dir)
  } finally {
    await checkout.remove()
  }
}

function effectOption(text: string | undefined): Effect | undefined {
  const effect = EFFECTS.find((name) => name === text)
  if (text !== undefined && effect === undefined)
    throw wrongOption(`--fail-on is one of ${EFFECTS.join(', ')}, not '${text}'.`)
  return effect
}
