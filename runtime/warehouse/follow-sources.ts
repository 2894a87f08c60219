import type { Manifest } from '../compiler/index.ts'
import type { Warehouse } from './driver.ts'

export interface FollowOptions {
  readonly warehouse: Pick<Warehouse, 'dataVersions'>
  /** What is live now. */
  readonly manifest: () => Pick<Manifest, 'relations' | 'sources'>
  /** Builds what the selections name. */
  readonly build: (select: readonly string[]) => Promise<unknown>
  readonly onTrouble: (error: unknown) => void
  /** Milliseconds from the end of a look, and of the build it led to, to the next one. */
  readonly every?: number
}

export interface Following {
  /** Waits for the build that runs. */
  stop(): Promise<void>
}

/** Builds the models over tables of the warehouse anew, soon after the data of these tables changed. */
export function followSources({ every = 1000, ...options }: FollowOptions): Following {
  const seen = new Map<string, number>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    await buildChanged(options, seen).catch(options.onTrouble)
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

async function buildChanged({ warehouse, manifest, build }: Omit<FollowOptions, 'every'>, seen: Map<string, number>) {
  const versions = await warehouse.dataVersions()
  const { relations, sources } = manifest()
  const changed = sources.filter(({ schema, name, file }) => {
    const version = versions.get(`${schema}.${name}`) ?? 0
    return file === null && version !== (seen.get(`${schema}.${name}`) ?? 0)
  })
  const keys = new Set(changed.map(({ group, name }) => `${group}.${name}`))
  const readers = relations.filter((relation) => relation.sources.some((key) => keys.has(key)))
  if (readers.length > 0) await build(readers.map(({ name }) => `${name}+`))
  for (const { schema, name } of changed) seen.set(`${schema}.${name}`, versions.get(`${schema}.${name}`) ?? 0)
}
