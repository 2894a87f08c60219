import { callServer, readServerFile } from '../../runtime/local-server/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import { type RetentionReport, retain } from '../../runtime/retention/index.ts'
import type { CommandModule } from '../command.ts'
import { formatRows } from '../rows.ts'

export const command: CommandModule = {
  define: (command) => void command.option('--dry-run', 'count what is too old, and delete nothing'),
  run: async ({ project, options, out }) => {
    const { dryRun, relations } = await apply(project, options.dryRun === true)
    if (out.json) out.result({ dry_run: dryRun, relations })
    else {
      const rows = relations.map(({ before, ...relation }) => ({ ...relation, before: before.slice(0, 10) }))
      out.print(formatRows('table', ['relation', 'limit', 'column', 'before', 'rows'], rows, out.colors.dim))
      const sum = relations.reduce((total, { rows }) => total + rows, 0).toLocaleString('en-US')
      out.note(dryRun ? `${sum} rows are too old; nothing was deleted.` : `${sum} rows were deleted.`)
    }
    return 0
  },
}

async function apply(dir: string, dryRun: boolean): Promise<RetentionReport> {
  const server = readServerFile(dir)
  if (server !== undefined) {
    return (await callServer(server, '/api/v1/retention', { body: { dry_run: dryRun } })) as RetentionReport
  }
  const { config, manifest } = await loadProject(dir)
  const { openWarehouse } = await import('../../runtime/warehouse/index.ts')
  const warehouse = await openWarehouse(config.warehouse)
  try {
    return await retain({ warehouse, manifest, limits: config.retention, dryRun })
  } finally {
    await warehouse.close()
  }
}
