import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Runs a TypeScript or JavaScript module and gives its default export, or the module where it has none. */
export async function importModule(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  const define = fileURLToPath(new URL(`../../define${extname(import.meta.url)}`, import.meta.url))
  const jiti = createJiti(path, {
    // A changed file has to be read again, with everything it imports.
    moduleCache: false,
    fsCache: false,
    alias: { 'agent-metrics/define': define, 'agent-metrics': define },
  })
  return jiti.import(path, { default: true })
}
