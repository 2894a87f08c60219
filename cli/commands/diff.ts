import { GRAINS, type QueryDefinition } from '../../runtime/definitions/index.ts'
import { fail, isError } from '../../runtime/diagnostics/index.ts'
import {
  type Change,
  compareEffects,
  diffManifests,
  diffMarkdown,
  diffText,
  diffValues,
  type Effect,
  type MetricValues,
  projectAt,
  valuesMarkdown,
  valuesText,
} from '../../runtime/diff/index.ts'
import { lookUpAttributes, onlyTenant } from '../../runtime/identity/index.ts'
import { readServerFile } from '../../runtime/local-server/index.ts'
import { checkProject, type Project } from '../../runtime/project/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { parseAs, wrongOption } from '../caller.ts'
import { type Call, type CommandModule, listOption, type Options, textOption } from '../command.ts'
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
      )
      .option('--values', 'ask both versions of the warehouse and show which values move')
      .option('--grain <grain>', 'with --values: points by this grain', 'week')
      .option('--by <names...>', 'with --values: points by these dimensions, too')
      .option('--from <date>', 'with --values: first day')
      .option('--to-date <date>', 'with --values: last day, inclusive')
      .option('--as <role:org[:user]>', 'with --values: whom to ask as; admin of the only tenant by default'),
  run: async (call) => {
    const { project: dir, args, options, out } = call
    const from = args[0] ?? 'HEAD'
    const to = textOption(options, 'to')
    const refused = effectOption(textOption(options, 'failOn'))
    const query = valuesQuery(options)
    const before = await projectAt(dir, from)
    const after = to === undefined ? await checkProject(dir) : await projectAt(dir, to)
    const errors = after.diagnostics.filter(isError)
    if (errors.length > 0) out.note(showProblems(errors, dir, out.interactive))
    const changes = diffManifests(before.manifest, after.manifest)
    const values = query === undefined ? undefined : await valuesOf(call, before, after, changes, query)
    show(call, { from, to: to ?? 'the work tree' }, changes, values)
    const grave = refused === undefined ? [] : changes.filter(({ effect }) => compareEffects(effect, refused) <= 0)
    if (grave.length > 0 && !out.json) out.note(`${grave.length} of these are refused by --fail-on ${refused}.`)
    return errors.length > 0 || grave.length > 0 ? 1 : 0
  },
}

function show(
  { format, out }: Call,
  names: { readonly from: string; readonly to: string },
  changes: readonly Change[],
  values: readonly MetricValues[] | undefined,
): void {
  if (out.json) {
    out.result({ ok: true, ...names, changes, ...(values && { values }) })
    return
  }
  const markdown = format === 'markdown'
  out.print((markdown ? diffMarkdown(changes, names) : diffText(changes, out.colors)).trimEnd())
  if (values !== undefined) out.print(`\n${markdown ? valuesMarkdown(values) : valuesText(values)}`.trimEnd())
}

/** Both versions are asked of the warehouse as it is configured here. */
async function valuesOf(
  { project: dir, options }: Call,
  before: Project,
  after: Project,
  changes: readonly Change[],
  query: Pick<QueryDefinition, 'by' | 'grain' | 'from' | 'to'>,
): Promise<readonly MetricValues[]> {
  const { config } = await checkProject(dir)
  const server = readServerFile(dir)
  if (server !== undefined && config.warehouse.type === 'duckdb') {
    fail(
      'AM6105',
      `The running server (process ${server.pid}) holds the warehouse, in which models are built to compare values.`,
      {
        hint: 'Stop it, or compare in a copy of the project.',
      },
    )
  }
  const warehouse = await openWarehouse(config.warehouse)
  try {
    const { role, org, user } = parseAs(textOption(options, 'as'))
    const person = { org: org ?? (await onlyTenant(before.manifest, warehouse)), user: user ?? null }
    const attributes = await lookUpAttributes(config.identity, config.tenancy?.key ?? null, warehouse, person)
    const context = { ...person, role, attributes }
    return await diffValues({
      before: before.manifest,
      after: after.manifest,
      changes,
      warehouse,
      projectDir: dir,
      context,
      query,
    })
  } finally {
    await warehouse.close()
  }
}

function valuesQuery(options: Options): Pick<QueryDefinition, 'by' | 'grain' | 'from' | 'to'> | undefined {
  if (options.values !== true) return undefined
  const named = textOption(options, 'grain')
  const grain = GRAINS.find((name) => name === named)
  if (grain === undefined) throw wrongOption(`--grain is one of ${GRAINS.join(', ')}, not '${named}'.`)
  const [from, to] = [textOption(options, 'from'), textOption(options, 'toDate')]
  const by = listOption(options, 'by')
  return { grain, ...(by.length > 0 && { by: [...by] }), ...(from && { from }), ...(to && { to }) }
}

function effectOption(text: string | undefined): Effect | undefined {
  const effect = EFFECTS.find((name) => name === text)
  if (text !== undefined && effect === undefined) {
    throw wrongOption(`--fail-on is one of ${EFFECTS.join(', ')}, not '${text}'.`)
  }
  return effect
}
