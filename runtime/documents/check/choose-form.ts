import type { ErrorObject } from 'ajv'
import { nearest } from '../../diagnostics/index.ts'
import { type JsonSchema, takes, typeOf } from './json-schema.ts'

/** Index of the form that was most likely meant by a value that fits none of a union, if that can be told. */
export function chooseForm(union: ErrorObject): number | undefined {
  const forms = (union.parentSchema as JsonSchema).anyOf ?? []
  const fitting = forms.flatMap((form, index) => (takes(form, union.data) ? [{ form, index }] : []))
  if (fitting.length < 2) return fitting[0]?.index
  if (typeOf(union.data) !== 'object') return undefined
  const scored = fitting.map(({ form, index }) => ({ index, score: sharedKeys(form, union.data as object) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  const isTie = scored.filter(({ score }) => score === best.score).length > 1
  return best.score === 0 || isTie ? undefined : best.index
}

function sharedKeys(form: JsonSchema, data: object): number {
  if (form.properties === undefined) return 0.5
  const known = Object.keys(form.properties)
  return Object.keys(data).reduce((score, key) => score + (known.includes(key) ? 1 : nearest(key, known) ? 0.8 : 0), 0)
}
