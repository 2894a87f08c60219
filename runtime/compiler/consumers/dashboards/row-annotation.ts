import type { Dashboard } from '../../../definitions/index.ts'
import { oneOf, suggest } from '../../../diagnostics/index.ts'
import type { CompiledAnnotation } from '../../manifest.ts'
import { type Declared, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkQuestion, type Named, qualified, queryOf } from '../question.ts'

type Annotation = NonNullable<Dashboard['annotations']>[number]

const REFERENCE = /\{\s*([a-z][a-z0-9_.]*)\s*\}/g
/** Marks of one annotation: more of them hide the chart. */
const MOST = 100

/** Whether it stands for one mark for each row of a model. */
export const isOfRows = ({ at }: Annotation) => /^\s*\{.*\}\s*$/s.test(at)

/** A mark for each row of a model, at the time that a dimension of it says. */
export function annotationOfRows(
  catalogue: Catalogue,
  declared: Declared<Annotation>,
  node: string,
): readonly CompiledAnnotation[] {
  const { value } = declared
  const model = modelOf(catalogue, declared)
  if (model === undefined) return []
  const by = [
    ...referencesIn('at', value.at),
    ...referencesIn('until', value.until),
    ...referencesIn('label', value.label),
  ]
  const where = value.where === undefined ? undefined : { name: value.where, path: ['where'] }
  const question = { declared, node, metrics: [], by: distinct(by), models: [model], where }
  const checked = checkQuestion(catalogue, question)
  if (checked === undefined) return []
  const named = qualified(question, checked)
  const names = new Map(question.by.map(({ name }, index) => [name, named.by[index]?.name ?? name]))
  const write = (text: string) => text.replace(REFERENCE, (_, name: string) => `{${names.get(name) ?? name}}`)
  const times = [...referencesIn('at', value.at), ...referencesIn('until', value.until)]
  if (!times.every((time) => checkTime(catalogue, declared, time, names.get(time.name)))) return []
  const newest = [{ name: `-${named.by[0]?.name}`, path: ['at'] }]
  const { until, ...rest } = value
  return [
    {
      ...rest,
      at: write(value.at),
      label: write(value.label),
      ...(until !== undefined && { until: write(until) }),
      query: queryOf({ ...named, order: newest }, MOST),
    },
  ]
}

function modelOf({ models, project }: Catalogue, declared: Declared<Annotation>): string | undefined {
  const [reference] = referencesIn('at', declared.value.at)
  const [model = ''] = reference?.name.split('.') ?? []
  if (reference?.name.includes('.') && models.space.nodes.has(model)) return model
  const names = sorted(models.space.nodes.keys())
  const owners = names.filter((name) => models.space.nodes.get(name)?.dimensions.has(reference?.name ?? ''))
  const near =
    owners.length > 0 ? `Write ${oneOf(owners.map((name) => `{${name}.${reference?.name}}`))}.` : suggest(model, names)
  project.report('AM1716', `\`${declared.value.at}\` does not say which model has the rows to mark.`, {
    at: declared.at(['at']),
    hint: near ?? `Write \`{model.dimension}\`; models are ${oneOf(names)}.`,
  })
  return undefined
}

function checkTime(
  { models, project }: Catalogue,
  declared: Declared<Annotation>,
  { path }: Named,
  name = '',
): boolean {
  const [model = '', dimension = ''] = name.split('.')
  const type = models.space.get({ model, dimension })?.type
  if (type === 'time') return true
  const times = [...(models.space.nodes.get(model)?.dimensions.values() ?? [])].filter((one) => one.type === 'time')
  const known = times.map((time) => `{${model}.${time.name}}`)
  project.report('AM1716', `\`{${name}}\` is a ${type}, not a time.`, {
    at: declared.at(path),
    hint: known.length === 0 ? `\`${model}\` has no dimension of the type time.` : `Use ${oneOf(known)}.`,
  })
  return false
}

const referencesIn = (key: string, text = ''): readonly Named[] =>
  [...text.matchAll(REFERENCE)].map(([, name = '']) => ({ name, path: [key] }))

const distinct = (names: readonly Named[]): readonly Named[] =>
  names.filter(({ name }, index) => names.findIndex((other) => other.name === name) === index)
