import { extname, normalize } from 'node:path'
import { readConfig } from '../config/index.ts'
import { createLoader, type ProjectFiles, projectFiles } from '../definitions/index.ts'
import { fail, inOrder } from '../diagnostics/index.ts'
import { compileProject, type Project } from './load-project.ts'
import { withoutDemo } from './without-demo.ts'

export interface Proposal {
  /** From the project folder: `metrics/usage/sessions.yml`. */
  readonly file: string
  readonly content: string
}

const FOLDERS = ['metrics', 'models', 'dashboards', 'alerts']
const ENDINGS = new Set(['.yml', '.yaml', '.sql'])

/** The project as it would be with a file that nobody wrote yet. Only files that are data are taken: code would run. */
export async function checkProposal(dir: string, proposal: Proposal): Promise<Project> {
  const file = normalize(proposal.file).replaceAll('\\', '/')
  if (!FOLDERS.some((folder) => file.startsWith(`${folder}/`)) || !ENDINGS.has(extname(file))) {
    fail('AM6030', `\`${proposal.file}\` is not a file that can be proposed.`, {
      hint: 'Name a .yml or .sql file below metrics/, models/, dashboards/ or alerts/.',
    })
  }
  const { config, diagnostics } = await readConfig(dir, { requireEnv: false })
  const files = withoutDemo(overlaid(projectFiles(dir), file, proposal.content), () => config.demo)
  const project = compileProject(config, await createLoader(dir, files).load(), new Date())
  return { ...project, diagnostics: inOrder([...diagnostics, ...project.diagnostics]) }
}

function overlaid(files: ProjectFiles, file: string, content: string): ProjectFiles {
  const folder = file.slice(0, file.indexOf('/'))
  return {
    ...files,
    folders: () => [...new Set([...files.folders(), folder])],
    list: (name) => (name === folder ? [...new Set([...files.list(name), file])].sort() : files.list(name)),
    version: (name) => (name === file ? 'proposed' : files.version(name)),
    read: (name) => (name === file ? new TextEncoder().encode(content) : files.read(name)),
  }
}
