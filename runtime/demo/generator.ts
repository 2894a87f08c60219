import type { ResolvedConfig } from '../config/index.ts'
import { diagnostic, fail, UserError } from '../diagnostics/index.ts'
import { importModule } from '../documents/index.ts'

/** What a demo module generates: CloudEvents, the tenant in `orgid`, the instant of receipt in `receivedtime`. */
export interface DemoEvent {
  readonly orgid: string
  readonly receivedtime: string
}

/** What a demo was made with: the same again gives the same events. */
export interface DemoMark {
  readonly seed: number
  /** Without it, as much as the module has. */
  readonly days?: number
  readonly until: string
}

interface GenerateOptions {
  readonly seed: number
  readonly days?: number
  readonly until: Date
}

/** What a module of `demo:` in the config exports. */
interface Generator {
  readonly generateEvents: (options: GenerateOptions) => Iterable<DemoEvent>
  /** What follows on them, in the order of receipt and without an end; missing where nothing does. */
  readonly generateLive?: (options: GenerateOptions & LiveSpan) => Iterable<DemoEvent>
}

interface LiveSpan {
  readonly since: Date
  readonly liveFrom: Date
}

export async function loadGenerator({ demo }: ResolvedConfig): Promise<Generator> {
  if (demo === null) {
    return fail('AM6003', 'This project has no demo data.', {
      hint: "Name a generator: demo: './demo.ts' in the config.",
    })
  }
  const module = await importModule(demo).catch((error: unknown) => {
    throw new UserError(diagnostic('AM6004', `${demo} cannot be loaded: ${String(error)}`))
  })
  if (hasFunction(module, 'generateEvents')) return module as object as Generator
  return fail('AM6004', `${demo} exports no function generateEvents.`)
}

const hasFunction = (module: unknown, name: string) =>
  typeof module === 'object' && module !== null && name in module && typeof module[name as never] === 'function'

export const optionsOf = ({ seed, days, until }: DemoMark): GenerateOptions => ({
  seed,
  ...(days !== undefined && { days }),
  until: new Date(until),
})
