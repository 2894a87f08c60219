import { useSyncExternalStore } from 'react'

/** Code that is fetched when it is first needed, and kept. */
export interface Chunk<T> {
  /** Starts to fetch; calling it again does nothing. */
  readonly start: () => void
  readonly get: () => T | null
  readonly subscribe: (listener: () => void) => () => void
}

export function createChunk<T>(load: () => Promise<T>): Chunk<T> {
  let value: T | null = null
  let started = false
  const listeners = new Set<() => void>()
  const start = () => {
    if (started) return
    started = true
    load().then(
      (loaded) => {
        value = loaded
        for (const listener of listeners) listener()
      },
      () => {
        // The next widget that needs it tries again.
        started = false
      },
    )
  }
  return {
    start,
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What a chunk holds, or null until it is there. Suspense would hold back the whole card for longer. */
export function useChunk<T>(chunk: Chunk<T>): T | null {
  chunk.start()
  return useSyncExternalStore(chunk.subscribe, chunk.get)
}
