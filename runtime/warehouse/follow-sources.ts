import type { Manifest, Relation } from '../compiler/index.ts'
import type { Warehouse } from './driver.ts'

export interface FollowOptions {
  readonly warehouse: Pick<Warehouse, 'dataVersions'>
  /** What is live now. */
  readonly manifest: () => Pick<Manifest, 'relations' | 'sources'>
  /** Builds what the selections name. */
  readonly build: (select: readonly string[]) => Promise<unknown>
  readonly onTrouble: (error: unknown) => void
  readonly now?: () => number
  /** Milliseconds from the end of a look, and of the build it led to, to the next one. */
  readonly every?: number
}

export interface Following {
  /** Waits for the build that runs. */
  stop(): Promise<void>
}

/** Builds the models over tables of the warehouse anew, soon after the data of these tables changed. */
export function followSources({ every = 500, ...options }: FollowOptions): Following {
  const memory: Memory = { seen: new Map(), built: new Map(), waiting: new Set() }
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    await buildChanged(options, memory).catch(options.onTrouble)
    if (!stopped) schedule()
  }
  let looking: Promise<void> = Promise.resolve()
  const schedule = () => {
    timer = setTimeout(() => {
      looking = look()
    }, every)
  }
  schedule()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return looking
    },
  }
}

/** What is known from one look to the next. */
interface Memory {
  /** Versions of tables at the last look. */
  readonly seen: Map<string, number>
  /** When a model was built last, in milliseconds. */
  readonly built: Map<string, number>
  /** Models whose sources changed, though it is not their time yet. */
  readonly waiting: Set<string>
}

const PAUSES: Readonly<Record<Relation['refresh'], number>> = {
  real_time: 0,
  '5m': 300_000,
  hourly: 3_600_000,
  daily: 86_400_000,
}

async function buildChanged(
  { warehouse, manifest, build, now = Date.now }: Omit<FollowOptions, 'every'>,
  { seen, built, waiting }: Memory,
) {
  const versions = await warehouse.dataVersions()
  const { relations, sources } = manifest()
  const changed = sources.filter(({ schema, name, file }) => {
    const version = versions.get(`${schema}.${name}`) ?? 0
    return file === null && version !== (seen.get(`${schema}.${name}`) ?? 0)
  })
  for (const name of readersOf(relations, new Set(changed.map(({ group, name }) => `${group}.${name}`))))
    waiting.add(name)
  const due = dueOf(relations, waiting, (name, pause) => now() - (built.get(name) ?? 0) >= pause)
  if (due.length > 0) {
    await build(due)
    for (const name of due) {
      built.set(name, now())
      waiting.delete(name)
    }
  }
  for (const { schema, name } of changed) seen.set(`${schema}.${name}`, versions.get(`${schema}.${name}`) ?? 0)
}

/** Models that read the sources, directly or by way of others. */
function readersOf(relations: readonly Relation[], sources: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(
    relations.filter((relation) => relation.sources.some((key) => sources.has(key))).map(({ name }) => name),
  )
  for (const name of found) for (const { name: reader, refs } of relations) if (refs.includes(name)) found.add(reader)
  return found
}

/** Those whose time has come. What reads a model that waits, waits with it: it would see nothing new. */
function dueOf(
  relations: readonly Relation[],
  waiting: ReadonlySet<string>,
  isTime: (name: string, pause: number) => boolean,
): readonly string[] {
  const known = new Map(relations.map((relation) => [relation.name, relation]))
  const asked = new Map<string, boolean>()
  const isDue = (name: string): boolean => {
    const answer = asked.get(name)
    if (answer !== undefined) return answer
    const relation = known.get(name)
    const due =
      relation !== undefined &&
      isTime(name, PAUSES[relation.refresh]) &&
      relation.refs.every((ref) => !waiting.has(ref) || isDue(ref))
    asked.set(name, due)
    return due
  }
  return [...waiting].filter((name) => known.has(name) && isDue(name))
}
