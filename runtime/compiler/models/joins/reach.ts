/** A join seen from one of its ends. */
export interface Step {
  readonly to: string
  /** True where a row here can meet several rows there. */
  readonly fansOut: boolean
}

/** What joins lead to from one model. Paths name every model on the way, the last one included. */
export interface Reach {
  /** Without fan-out and by one shortest path; the model itself first, with an empty path. */
  readonly paths: ReadonlyMap<string, readonly string[]>
  /** Without fan-out, but by several shortest paths, of which two are here. */
  readonly ambiguous: ReadonlyMap<string, readonly (readonly string[])[]>
  /** Only by a join that multiplies rows. */
  readonly fanOut: ReadonlyMap<string, readonly string[]>
}

type Steps = ReadonlyMap<string, readonly Step[]>

export function reachFrom(start: string, steps: Steps): Reach {
  const found = shortestPaths(start, steps, false)
  const paths = new Map<string, readonly string[]>()
  const ambiguous = new Map<string, readonly (readonly string[])[]>()
  for (const [model, [first = [], second]] of found) {
    if (second === undefined) paths.set(model, first)
    else ambiguous.set(model, [first, second])
  }
  let fanOut: ReadonlyMap<string, readonly string[]> | undefined
  return {
    paths,
    ambiguous,
    // Asked for by mistakes alone, and the most of all there is to find: joins backwards lead almost everywhere.
    get fanOut() {
      fanOut ??= fanOutPaths(start, steps, found)
      return fanOut
    },
  }
}

function fanOutPaths(start: string, steps: Steps, reached: ReadonlyMap<string, unknown>) {
  const paths = new Map<string, readonly string[]>()
  for (const [model, [path = []]] of shortestPaths(start, steps, true)) {
    if (!reached.has(model)) paths.set(model, path)
  }
  return paths
}

/** Breadth first; keeps two shortest paths to each model, which is enough to know that there is more than one. */
function shortestPaths(
  start: string,
  steps: Steps,
  fansOut: boolean,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, readonly (readonly string[])[]>([[start, [[]]]])
  for (let layer: readonly string[] = [start]; layer.length > 0; ) {
    const next = new Map<string, readonly (readonly string[])[]>()
    for (const model of layer) {
      for (const step of steps.get(model) ?? []) {
        if (found.has(step.to) || (step.fansOut && !fansOut)) continue
        const longer = (found.get(model) ?? []).map((path) => [...path, step.to])
        next.set(step.to, [...(next.get(step.to) ?? []), ...longer].slice(0, 2))
      }
    }
    for (const [model, paths] of next) found.set(model, paths)
    layer = [...next.keys()]
  }
  return found
}
