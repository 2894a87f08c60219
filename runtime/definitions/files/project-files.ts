import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail } from '../../diagnostics/index.ts'

/** Files of a project, named from its folder with `/`. */
export interface ProjectFiles {
  /** Absolute path of the project, from which modules are imported. */
  readonly dir: string
  /** Folders at the top of the project. */
  folders(): readonly string[]
  /** All files below a folder, in order; empty where there is no such folder. */
  list(folder: string): readonly string[]
  /** A text that changes whenever the file does; undefined where there is none. */
  version(file: string): string | undefined
  read(file: string): Uint8Array
}

/** The files on disk. */
export function projectFiles(dir: string): ProjectFiles {
  return {
    dir,
    folders: () => entries(dir).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
    list: (folder) => walk(dir, folder),
    version: (file) => {
      const stats = statSync(resolve(dir, file), { throwIfNoEntry: false, bigint: true })
      return stats?.isFile() ? `${stats.mtimeNs} ${stats.size} ${stats.ino}` : undefined
    },
    read: (file) => readFileSync(join(dir, file)),
  }
}

function walk(dir: string, folder: string, above: readonly string[] = []): readonly string[] {
  const path = join(dir, folder)
  const visible = entries(path).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
  return visible
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`
      if (!isFolder(entry, join(dir, file))) return [file]
      // A link may lead back to a folder around it.
      const real = entry.isSymbolicLink() ? realpathSync(join(dir, file)) : join(dir, file)
      return above.includes(real) ? [] : walk(dir, file, [...above, real])
    })
}

const isFolder = (entry: Dirent, path: string) =>
  entry.isDirectory() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)

function entries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    if (code !== 'EACCES') throw error
    return fail('AM1010', `The folder ${path} cannot be read (EACCES).`, {
      hint: 'Give the user that runs this the right to read it.',
    })
  }
}
