import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

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

function walk(dir: string, folder: string): readonly string[] {
  const visible = entries(join(dir, folder)).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
  return visible
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? walk(dir, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
}

function entries(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return []
    throw error
  }
}
