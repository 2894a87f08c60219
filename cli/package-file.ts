import { basename, join } from 'node:path'

/** Path of a file of this package, run from its sources or from dist/. */
export function packageFile(path: string): string {
  const parent = join(import.meta.dirname, '..')
  return join(basename(parent) === 'dist' ? join(parent, '..') : parent, path)
}
