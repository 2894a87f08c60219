import { toYaml } from '../components/to-yaml.ts'
import type { Row } from '../queries/answers.ts'
import { shortName } from '../queries/filters.ts'
import type { DetailInfo, ModelInfo, Project } from '../queries/project.ts'

/** The settings of a record as a file that others can start from. */
export function configurationOf(model: ModelInfo, detail: DetailInfo, row: Row, { name }: Pick<Project, 'name'>) {
  const settings = Object.fromEntries(
    detail.export
      .filter((field) => row[field] !== null && row[field] !== undefined && row[field] !== '')
      .map((field) => [shortName(field), row[field]]),
  )
  const content = { project: name, model: model.name, from: String(row[detail.key]), configuration: settings }
  return { yaml: toYaml(content), json: `${JSON.stringify(content, null, 2)}\n` }
}

/** Gives a text to the browser as a file. */
export function saveText(name: string, text: string, type = 'text/plain') {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[^\w.-]+/g, '-')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
