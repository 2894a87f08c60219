import type { Diagnostic } from '../../../diagnostics/index.ts'
import { nameOf, type View } from '../describe/view.ts'

/** Makes what is hidden from a role look as if it did not exist, in what is checked and in what is said about it. */
export interface Veil {
  cover(definition: object): object
  uncover(diagnostic: Diagnostic): Diagnostic
}

const MARK = '__unknown'
/** Keys whose text is for people. */
const FREE = new Set(['title', 'description', 'text', 'label', 'drill', 'icon', 'name', 'source', 'type'])

export function createVeil(view: View): Veil {
  const hidden = hiddenNames(view)
  const coverName = (text: string) => {
    const name = text.trim().replace(/^-/, '')
    return hidden.has(name) ? `${text.trimEnd()}${MARK}` : text
  }
  const cover = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => cover(item, key))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cover(item, name)]))
    }
    if (typeof value !== 'string' || FREE.has(key)) return value
    return key === 'where'
      ? value.replace(/\{([^{}]*)\}/g, (_, name: string) => `{${coverName(name)}}`)
      : coverName(value)
  }
  const tells = (text: string) =>
    (text.match(/[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?/g) ?? []).some((name) => hidden.has(name))
  return {
    cover: (definition) => cover(definition) as object,
    uncover: ({ hint, ...diagnostic }) => ({
      ...diagnostic,
      message: diagnostic.message.replaceAll(MARK, ''),
      ...(hint !== undefined && !tells(hint) && { hint: hint.replaceAll(MARK, '') }),
    }),
  }
}

/** Names that mean nothing to the role, though they mean something to others. */
function hiddenNames(view: View): ReadonlySet<string> {
  const { manifest } = view
  const refs = manifest.models.flatMap(({ name, dimensions }) =>
    dimensions.map((dimension) => ({ model: name, dimension: dimension.name })),
  )
  const shownRefs = refs.filter(view.showsDimension)
  const metrics = manifest.metrics.map(({ name }) => name)
  const shown = new Set([
    ...shownRefs.flatMap((ref) => [ref.dimension, nameOf(ref)]),
    ...metrics.filter((name) => view.showsMetric(name)),
  ])
  const all = [...refs.flatMap((ref) => [ref.dimension, nameOf(ref)]), ...metrics]
  return new Set(all.filter((name) => !shown.has(name)))
}
