import type { Position } from '../../diagnostics/index.ts'
import type { Locate } from '../../documents/index.ts'

/** The same places without looking for them again: a project is compiled many times while its files stay the same. */
export function rememberPlaces(locate: Locate): Locate {
  const places = new Map<string, Position>()
  return (path, of = 'value', offset, length) => {
    if (offset !== undefined) return locate(path, of, offset, length)
    const key = `${of} ${path.join('\0')}`
    const place = places.get(key) ?? locate(path, of)
    places.set(key, place)
    return place
  }
}
