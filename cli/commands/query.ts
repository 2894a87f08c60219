import type { Command } from 'commander'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import type { SqlAnswer } from '../../runtime/semantic/index.ts'
import { parseAs, wrongOption } from '../caller.ts'
import { type Call, type CommandModule, listOption, type Options, textOption } from '../command.ts'
import { openEngine } from '../engine.ts'
import { formatRows } from '../rows.ts'

export const command: CommandModule = {
  define,
  formats: ['table', 'csv', 'ndjson'],
  run: async (call) => {
    const query = readQuery(call.options)
    const as = parseAs(textOption(call.options, 'as'))
    const engine = await openEngine(call.project, call.out)
    try {
      if (call.options.sql === true) return showSql(call, await engine.sql(query, as))
      const { columns, rows, served } = await engine.query(query, as)
      show(
        call,
        columns.map(({ name }) => name),
        rows,
      )
      if (call.options.explain === true) call.out.note(JSON.stringify(served))
      return 0
    } finally {
      await engine.close()
    }
  },
}

function define(command: Command) {
  command
    .option('--metrics <names...>', 'metrics, separated by commas')
    .option('--by <names...>', 'dimensions to group by: name or model.name')
    .option('--grain <grain>', 'hour, day, week, month, quarter or year')
    .option('--from <date>', 'first day or instant')
    .option('--to <date>', 'last day or instant, inclusive')
    .option('--where <filter>', "filter: \"{team} = 'core' and {status} <> 'failed'\"")
    .option('--order <names...>', 'metrics, dimensions or time; - in front means descending')
    .option('--limit <n>', 'rows at most')
    .option('--as <role:org[:user]>', 'whom to ask as; admin of the only tenant by default')
    .option('--timezone <name>', 'IANA name; that of the project by default')
    .option('--sql', 'print the SQL that would run')
    .option('--explain', 'say on stderr which pre-aggregation served it, or why none')
}

function readQuery(options: Options): QueryDefinition {
  const metrics = listOption(options, 'metrics')
  const by = listOption(options, 'by')
  const order = listOption(options, 'order')
  const limit = textOption(options, 'limit')
  const texts = ['from', 'to', 'where', 'timezone', 'grain'].flatMap((name) => {
    const text = textOption(options, name)
    return text === undefined ? [] : [[name, text] as const]
  })
  return {
    ...(metrics.length > 0 && { metrics: [...metrics] }),
    ...(by.length > 0 && { by: [...by] }),
    ...Object.fromEntries(texts),
    ...(order.length > 0 && { order: [...order] }),
    ...(limit !== undefined && { limit: readLimit(limit) }),
  }
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw wrongOption(`--limit is a whole number above 0, not '${text}'.`)
}

function show({ format, out }: Call, columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]) {
  if (out.json) return out.result(rows)
  const text = formatRows(format, columns, rows, out.colors.bold)
  if (text !== '') out.print(text)
  if (rows.length === 0) out.note('No rows.')
}

function showSql({ out }: Call, { statements, served }: SqlAnswer): number {
  const sql = statements.map((statement) => statement.sql).join(';\n\n')
  if (out.json) out.result({ sql, statements, served })
  else {
    out.print(sql)
    for (const { params } of statements) if (params.length > 0) out.note(`-- parameters: ${JSON.stringify(params)}`)
  }
  return 0
}
