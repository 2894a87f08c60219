import { posix } from 'node:path'
import Handlebars from 'handlebars'
import type { Report } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { Declared, Project } from '../../project/index.ts'

interface Template {
  readonly file: string
  readonly text: string
}

/** The template that a report names, from beside its file. */
export function templateOf({ templates }: Project, declared: Declared<Report>): Template | undefined {
  const { template } = declared.value
  if (template === undefined) return undefined
  const file = posix.normalize(posix.join(posix.dirname(declared.at([]).file), template))
  const text = templates[file]
  return text === undefined ? undefined : { file, text }
}

/** Reports a template that is not there or cannot be read. */
export function checkTemplate(project: Project, declared: Declared<Report>): boolean {
  const { template } = declared.value
  if (template === undefined) return true
  const found = templateOf(project, declared)
  if (found === undefined) return reportUnknown(project, declared, template)
  const problem = syntaxProblem(found.text)
  if (problem === undefined) return true
  project.report('AM1852', `The template \`${template}\` is broken: ${problem.message}`, {
    at: { file: found.file, line: problem.line, column: 1 },
    hint: 'Templates are written in Handlebars: `{{title}}`, `{{#each sections}} … {{/each}}`.',
  })
  return false
}

function reportUnknown({ report, templates }: Project, declared: Declared<Report>, template: string): false {
  const folder = posix.dirname(declared.at([]).file)
  const names = Object.keys(templates).map((file) => posix.relative(folder, file))
  report('AM1851', `There is no template \`${template}\` beside the file.`, {
    at: declared.at(['template']),
    hint: suggest(template, names) ?? `Put the Handlebars file into ${folder}/, or leave \`template\` out.`,
  })
  return false
}

function syntaxProblem(source: string): { readonly message: string; readonly line: number } | undefined {
  try {
    Handlebars.parse(source)
    return undefined
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const place = /^(?<said>.*) - (?<line>\d+):\d+$/.exec(text)?.groups
    if (place !== undefined) return { line: Number(place.line), message: `${place.said}.` }
    const got = /got '(\w+)'/.exec(text)?.[1]
    const message = got === 'EOF' ? 'it ends too early, some block is not closed.' : 'it is no valid Handlebars there.'
    return { line: Number(/line (\d+)/i.exec(text)?.[1] ?? 1), message }
  }
}
