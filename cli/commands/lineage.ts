import {
  columnLineage,
  createLineage,
  findNode,
  lineageMermaid,
  lineageText,
  traceNode,
} from '../../runtime/lineage/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import type { CommandModule } from '../command.ts'

export const command: CommandModule = {
  formats: ['mermaid'],
  define: (command) =>
    void command.argument(
      '[name]',
      'metric, dimension, model, column, dashboard, alert or report; all of the project by default',
    ),
  run: async ({ project: dir, args, format, out }) => {
    const { manifest } = await checkProject(dir)
    const columns = await columnLineage(manifest)
    for (const name of columns.unread) out.note(`The columns of ${name} are not known: its SQL could not be read.`)
    const graph = createLineage(manifest, columns)
    const [name] = args
    if (name === undefined) {
      if (out.json) out.result({ nodes: graph.nodes(), edges: graph.edges })
      else if (format === 'mermaid') out.print(lineageMermaid(graph.edges))
      else out.print(graph.edges.map(({ from, to }) => `${from} → ${to}`).join('\n'))
      return 0
    }
    const trace = traceNode(graph, findNode(graph, name))
    if (out.json) out.result(trace)
    else out.print(format === 'mermaid' ? lineageMermaid([...trace.up, ...trace.down]) : lineageText(trace, out.colors))
    return 0
  },
}
