import type { Manifest } from '../../compiler/index.ts'

/** True where every dimension that a filter names is one of all these metrics. */
export function covers({ metrics, models }: Manifest, names: readonly string[], where: string): boolean {
  const wanted = [...where.matchAll(/\{\s*([a-z0-9_.]+)\s*\}/g)].map(([, name]) => name ?? '')
  const asked = metrics.filter(({ name }) => names.includes(name))
  if (asked.length === 0 || models.length === 0) return false
  return asked.every(({ dimensions }) =>
    wanted.every((name) =>
      dimensions.some(({ dimension, model }) => name === dimension || name === `${model}.${dimension}`),
    ),
  )
}

/** The condition that a dimension has a value. */
export function equals(dimension: string, value: string): string {
  return `{${dimension}} = '${value.replaceAll("'", "''")}'`
}
