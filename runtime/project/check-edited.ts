import { extname, normalize } from 'node:path'
import { readConfig } from '../config/index.ts'
import { createLoader, type ProjectFiles, projectFiles } from '../definitions/index.ts'
import { fail, inOrder } from '../diagnostics/index.ts'
import { compileProject, type Project, type ProjectLoader } from './load-project.ts'
import { withoutDemo } from './without-demo.ts'

export interface Proposal {
  /** From the project folder: `metrics/usage/sessions.yml`. */
  readonly file: string
  readonly content: string
}

const FOLDERS = ['metrics', 'models', 'dashboards', 'alerts']
const ENDINGS = new Set(['.yml', '.yaml', '.sql'])

/** The project as it would be with a file that nobody wrote yet. Only files that are data are taken: code would run. */
export function checkProposal(dir: string, { file: named, content }: Proposal): Promise<Project> {
  const file = normalize(named).replaceAll('\\', '/')
  if (!FOLDERS.some((folder) => file.startsWith(`${folder}/`)) || !ENDINGS.has(extname(file))) {
    fail('AM6030', `\`${named}\` is not a file that can be proposed.`, {
      hint: 'Name a .yml or .sql file below metrics/, models/, dashboards/ or alerts/.',
    })
  }
  return checkEdited(dir, new Map([[file, content]]))
}

/** The project as it would be with other content in some of its files, by their names. */
export const checkEdited = (dir: string, edited: ReadonlyMap<string, string>): Promise<Project> =>
  createEditedLoader(dir, () => edited).load()

/** Checks the project again and again as it would be with what is being edited; what did not change is not read twice. */
export function createEditedLoader(dir: string, edited: () => ReadonlyMap<string, string>): ProjectLoader {
  let demo: string | null = null
  const files = withoutDemo(overlaid(projectFiles(dir), edited), () => demo)
  const loader = createLoader(dir, files)
  return {
    load: async () => {
      const { config, diagnostics } = await readConfig(dir, { requireEnv: false })
      demo = config.demo
      const project = compileProject(config, await loader.load(), new Date())
      return { ...project, diagnostics: inOrder([...diagnostics, ...project.diagnostics]) }
    },
  }
}

function overlaid(files: ProjectFiles, edited: () => ReadonlyMap<string, string>): ProjectFiles {
  const within = (folder: string) => [...edited().keys()].filter((file) => file.startsWith(`${folder}/`))
  const folders = () => [...edited().keys()].map((file) => file.slice(0, file.indexOf('/')))
  return {
    ...files,
    folders: () => [...new Set([...files.folders(), ...folders()])],
    list: (folder) => [...new Set([...files.list(folder), ...within(folder)])].sort(),
    // The text is its own version: files of definitions are small.
    version: (file) => edited().get(file) ?? files.version(file),
    read: (file) => {
      const content = edited().get(file)
      return content === undefined ? files.read(file) : new TextEncoder().encode(content)
    },
  }
}
