import { dirname, relative, sep } from 'node:path'
import type { ProjectFiles } from '../definitions/index.ts'

/** The files of a project without those of its demo generator, which declare nothing; `demo` names its module. */
export function withoutDemo(files: ProjectFiles, demo: () => string | null): ProjectFiles {
  return {
    ...files,
    list: (folder) => {
      const module = demo()
      const own = module === null ? null : relative(files.dir, dirname(module)).split(sep).join('/')
      // A module right in models/ or in the project's own folder shares it with others.
      if (own === null || !own.includes('/')) return files.list(folder)
      return files.list(folder).filter((file) => !file.startsWith(`${own}/`))
    },
  }
}
