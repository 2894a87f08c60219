import { nearest } from '../../diagnostics/index.ts'

export interface TemplatePlace {
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

export interface TemplateProblem extends TemplatePlace {
  readonly code: 'AM1407' | 'AM1408' | 'AM1409'
  readonly message: string
  readonly hint: string
}

const FORMS: Readonly<Record<string, string>> = {
  ref: '`{{ref "model"}}`',
  source: '`{{source "group" "table"}}`',
  this: '`{{this}}`',
  watermark: '`{{watermark "column"}}`',
  unread: '`{{unread "alias" "column"}}`',
  '#if': '`{{#if incremental}}…{{/if}}`',
  '#unless': '`{{#unless incremental}}…{{/unless}}`',
}
const ALL_FORMS = `${Object.values(FORMS).slice(0, -1).join(', ')} and ${Object.values(FORMS).at(-1)}`

/** Something between braces that is none of the forms a model may use. */
export function statementProblem(place: TemplatePlace, helper: string): TemplateProblem {
  const known = FORMS[helper]
  if (known !== undefined) {
    return { ...place, code: 'AM1409', message: `\`${helper}\` takes other arguments.`, hint: `Write ${known}.` }
  }
  if (helper.endsWith(' …')) {
    const hint = `Write ${FORMS['#if']}.`
    return { ...place, code: 'AM1409', message: 'The only condition there is is `incremental`.', hint }
  }
  const near = nearest(helper, Object.keys(FORMS))
  const hint = near === undefined ? `A model can use ${ALL_FORMS}.` : `Did you mean ${FORMS[near]}?`
  return { ...place, code: 'AM1409', message: `A model cannot use \`${helper}\` in its template.`, hint }
}

const JINJA =
  /\{%-?\s*(?<tag>\w*)[\s\S]*?%\}|\{\{-?\s*(?<call>\w+)\s*\(\s*(?<arguments>[^)]*)\)[\s\S]*?\}\}|\{#[\s\S]*?#\}/g

/** Jinja, as dbt has it: the commonest mistake of those who come from there. */
export function findJinja(sql: string): readonly TemplateProblem[] {
  return [...sql.matchAll(JINJA)].map((match) => {
    const { tag, call, arguments: list } = match.groups ?? {}
    const place = placeAt(sql, match.index, match[0])
    const message = `\`${match[0].split('\n')[0]}\` is Jinja; templates here are Handlebars.`
    return { ...place, code: 'AM1408', message, hint: jinjaHint(tag, call, list) }
  })
}

function jinjaHint(tag: string | undefined, call: string | undefined, list: string | undefined): string {
  if (call === 'ref' || call === 'source') {
    const names = (list ?? '').split(',').map((name) => `"${name.trim().replace(/^['"]|['"]$/g, '')}"`)
    return `Write \`{{${call} ${names.join(' ')}}}\`.`
  }
  if (call === 'config') return 'Settings stand in front matter: `---`, then `materialized: table`, then `---`.'
  if (call === 'is_incremental' || tag === 'if' || tag === 'endif') return `Write ${FORMS['#if']}.`
  return `A model can use ${ALL_FORMS}.`
}

/** A template that Handlebars itself refuses. */
export function parseProblem(error: unknown): TemplateProblem {
  const message = error instanceof Error ? error.message : String(error)
  const line = Number(/line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+/.exec(message)?.[1] ?? 1)
  const column = Number(/ - \d+:(\d+)/.exec(message)?.[1] ?? 0) + 1
  return { code: 'AM1407', line, column, ...reasonOf(message) }
}

function reasonOf(message: string): Pick<TemplateProblem, 'message' | 'hint'> {
  const got = /got '(\w+)'/.exec(message)?.[1]
  if (got === 'EOF') {
    const hint = 'Close every `{{` with `}}`, and every `{{#if incremental}}` with `{{/if}}`.'
    return { message: 'The template ends where something is still open.', hint }
  }
  if (got === 'OPEN_ENDBLOCK') {
    return { message: 'A block closes here that was never opened.', hint: 'Open it with `{{#if incremental}}`.' }
  }
  return { message: 'What stands between these braces cannot be read.', hint: `A model can use ${ALL_FORMS}.` }
}

function placeAt(text: string, offset: number, found: string): TemplatePlace {
  const before = text.slice(0, offset).split('\n')
  const line = before.length
  const column = (before.at(-1)?.length ?? 0) + 1
  const [first = '', ...more] = found.split('\n')
  return more.length === 0 ? { line, column, endLine: line, endColumn: column + first.length } : { line, column }
}
