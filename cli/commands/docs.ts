import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { referenceOf } from '../../runtime/catalogue/index.ts'
import { isError } from '../../runtime/diagnostics/index.ts'
import { columnLineage, createLineage, lineageMermaid, traceNode } from '../../runtime/lineage/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { type CommandModule, textOption } from '../command.ts'
import { showProblems } from '../show-problems.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--out <dir>', 'folder to write to', 'docs/reference'),
  run: async ({ project: dir, options, out }) => {
    const { manifest, diagnostics } = await checkProject(dir)
    const errors = diagnostics.filter(isError)
    if (errors.length > 0 && !out.json) out.note(showProblems(errors, dir, out.interactive))
    const graph = createLineage(manifest, await columnLineage(manifest))
    const known = new Set(graph.nodes())
    const diagramOf = (node: string) => {
      if (!known.has(node)) return ''
      const { up, down } = traceNode(graph, node)
      return lineageMermaid([...up, ...down])
    }
    const target = resolve(textOption(options, 'out') ?? 'docs/reference')
    const pages = referenceOf(manifest, diagramOf)
    for (const { path, text } of pages) {
      const file = join(target, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    if (out.json) out.result({ ok: errors.length === 0, out: target, files: pages.map(({ path }) => path) })
    else out.print(`Wrote ${pages.length} pages to ${target}; begin at README.md.`)
    return errors.length > 0 ? 1 : 0
  },
}
