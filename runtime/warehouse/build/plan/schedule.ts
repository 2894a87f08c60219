export interface Order {
  /** Names that must be done before. */
  readonly waitsFor: (name: string) => readonly string[]
  /** Names that had better be done before, where that does not make a circle. */
  readonly ratherAfter: (name: string) => readonly string[]
}

/** Runs work for each name in order, some at a time. Work must not throw. */
export async function schedule(
  names: Iterable<string>,
  { waitsFor, ratherAfter }: Order,
  work: (name: string) => Promise<void>,
  atATime: number,
): Promise<void> {
  const open = new Set(names)
  const running = new Map<string, Promise<void>>()
  const isDone = (name: string) => !open.has(name)
  const candidates = () => [...open].filter((name) => !running.has(name) && waitsFor(name).every(isDone))
  while (open.size > 0) {
    const ready = candidates()
    const best = ready.filter((name) => ratherAfter(name).every(isDone))
    const next = best.length > 0 || running.size > 0 ? best : ready.slice(0, 1)
    for (const name of next.slice(0, atATime - running.size)) {
      const done = work(name).then(() => {
        running.delete(name)
        open.delete(name)
      })
      running.set(name, done)
    }
    if (running.size === 0) throw new Error(`${[...open].join(', ')} wait for one another.`)
    await Promise.race(running.values())
  }
}
