import { createMeaning, type Manifest } from '../compiler/index.ts'
import type { DefinitionFile } from '../definitions/index.ts'
import { placeOf } from './edit-file.ts'
import { findReferences } from './find-references.ts'
import type { Target } from './target.ts'

/** A place that names something. */
export interface Occurrence {
  readonly file: string
  readonly start: number
  readonly end: number
}

/** What is named at an offset of a file, and where exactly. */
export function symbolAt(
  manifest: Manifest,
  file: DefinitionFile,
  text: string,
  offset: number,
): { readonly target: Target; readonly occurrence: Occurrence } | undefined {
  for (const target of candidates(manifest, wordAt(text, offset))) {
    const occurrence = occurrencesIn(manifest, file, text, target).find(
      ({ start, end }) => start <= offset && offset <= end,
    )
    if (occurrence !== undefined) return { target, occurrence }
  }
  return undefined
}

/** Every place of a file that names the target. */
export function occurrencesIn(
  manifest: Manifest,
  file: DefinitionFile,
  text: string,
  target: Target,
): readonly Occurrence[] {
  const found = findReferences(file.content, target, createMeaning(manifest)).flatMap((reference) => {
    const start = placeOf(file, text, reference)
    return start === undefined ? [] : [{ file: file.file, start, end: start + reference.from.length }]
  })
  return [...new Map(found.map((item) => [item.start, item])).values()]
}

function candidates({ metrics, models }: Manifest, word: string): readonly Target[] {
  return [
    ...metrics.filter(({ name }) => name === word).map(({ name }): Target => ({ kind: 'metric', name })),
    ...models.flatMap((model) =>
      model.dimensions
        .filter(({ name }) => name === word)
        .map(({ name }): Target => ({ kind: 'dimension', model: model.name, name })),
    ),
    ...models.filter(({ name }) => name === word).map(({ name }): Target => ({ kind: 'model', name })),
  ]
}

function wordAt(text: string, offset: number): string {
  const before = /[a-z0-9_]*$/.exec(text.slice(Math.max(0, offset - 64), offset))?.[0] ?? ''
  const after = /^[a-z0-9_]*/.exec(text.slice(offset, offset + 64))?.[0] ?? ''
  return before + after
}
