import { existsSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createEditedLoader, type Project } from '../project/index.ts'

/** A project while files of it are open in an editor. */
export interface Workspace {
  readonly dir: string
  /** The project with what is in the editor, as of the last `refresh`. */
  project(): Project | undefined
  refresh(): Promise<Project>
  open(uri: string, text: string): void
  close(uri: string): void
  /** As it is in the editor, else on the disk. */
  textOf(file: string): string
  fileOf(uri: string): string
  uriOf(file: string): string
  /** Open files that differ from those on the disk. */
  unsaved(): readonly string[]
}

export function openWorkspace(dir: string): Workspace {
  const texts = new Map<string, string>()
  const loader = createEditedLoader(dir, () => texts)
  let latest: Project | undefined
  const onDisk = (file: string) => (existsSync(join(dir, file)) ? readFileSync(join(dir, file), 'utf8') : '')
  const fileOf = (uri: string) => relative(dir, fileURLToPath(uri)).split(sep).join('/')
  return {
    dir,
    project: () => latest,
    refresh: async () => {
      latest = await loader.load()
      return latest
    },
    open: (uri, text) => {
      const file = fileOf(uri)
      // Of modules the disk's content is what is imported.
      if (/\.(ya?ml|sql)$/.test(file) && !file.startsWith('..')) texts.set(file, text)
    },
    close: (uri) => void texts.delete(fileOf(uri)),
    textOf: (file) => texts.get(file) ?? onDisk(file),
    fileOf,
    uriOf: (file) => pathToFileURL(join(dir, file)).href,
    unsaved: () => [...texts].filter(([file, text]) => onDisk(file) !== text).map(([file]) => file),
  }
}
