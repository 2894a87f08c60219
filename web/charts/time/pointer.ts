/** Where the pointer is in time, for all charts of the page. They move their line by it and are not drawn again. */
interface Pointed {
  readonly time: string
  readonly source: string
}

let pointed: Pointed | null = null
const listeners = new Set<(pointed: Pointed | null) => void>()

export function point(next: Pointed | null) {
  if (next?.time === pointed?.time && next?.source === pointed?.source) return
  pointed = next
  for (const listener of listeners) listener(next)
}

export function onPoint(listener: (pointed: Pointed | null) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
