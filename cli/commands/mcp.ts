import { projectDesk, serveStdio } from '../../runtime/mcp/index.ts'
import { checkProject } from '../../runtime/project/index.ts'
import { viewsFor } from '../../runtime/semantic/index.ts'
import { parseAs } from '../caller.ts'
import { type CommandModule, textOption } from '../command.ts'
import { openEngine } from '../engine.ts'
import { version } from '../version.ts'

export const command: CommandModule = {
  define: (command) =>
    void command.option('--as <role:org[:user]>', 'whom to answer; admin of the only tenant by default'),
  run: async ({ project: dir, options, out }) => {
    const as = parseAs(textOption(options, 'as'))
    let { manifest } = await checkProject(dir)
    const desk = {
      manifest: () => manifest,
      views: () => viewsFor(manifest, as.role),
      // Opened for each question: a warehouse file has one owner at a time, and an assistant thinks long.
      query: async (query: Parameters<Awaited<ReturnType<typeof openEngine>>['query']>[0]) => {
        manifest = (await checkProject(dir)).manifest
        const engine = await openEngine(dir, out)
        return engine.query(query, as).finally(() => engine.close())
      },
      ...(as.role === 'admin' && { files: projectDesk(dir) }),
    }
    await serveStdio(desk, version(), process.stdin, (text) => out.print(text.trimEnd()))
    return 0
  },
}
