import { EDIT_TOOLS, READ_TOOLS, TOOL_KINDS } from '../../telemetry/agents/fields.ts'
import { type ImportedEvent, importedEvent } from '../imported.ts'
import { type Row, row, text } from '../value.ts'
import { changedLines, type Entry } from './entry.ts'

const SOURCE = 'claude-code'

interface Use {
  readonly id: string
  readonly tool: string
  readonly input: Row
  readonly time: string
  readonly isSidechain: boolean
}

/** Every use of a tool: a step, code that it put out, and the file that it read or wrote. */
export function toolEvents(entries: readonly Entry[], about: Row): readonly ImportedEvent[] {
  const uses = new Map<string, Use>()
  const events: ImportedEvent[] = []
  for (const entry of entries) {
    for (const block of entry.content) {
      if (block.type === 'tool_use') remember(block, entry, uses)
      const use = block.type === 'tool_result' ? uses.get(text(block.tool_use_id)) : undefined
      if (use === undefined) continue
      uses.delete(use.id)
      events.push(...resultEvents(use, block.is_error === true, entry, about))
    }
  }
  return events
}

function remember(block: Row, { time, isSidechain }: Entry, uses: Map<string, Use>): void {
  const id = text(block.id)
  uses.set(id, { id, tool: text(block.name).slice(0, 256), input: row(block.input), time, isSidechain })
}

function resultEvents(use: Use, failed: boolean, { session, time, row: line }: Entry, about: Row): ImportedEvent[] {
  const tell = (type: string, data: Row) =>
    importedEvent(SOURCE, type, session, time, { ...about, ...data }, [session, use.id])
  const events = [
    tell('agent.session.step', {
      kind: Object.hasOwn(TOOL_KINDS, use.tool) ? TOOL_KINDS[use.tool] : 'tool',
      tool: use.tool,
      step_id: use.id,
      status: failed ? 'error' : 'ok',
      ...(failed ? { error_type: 'tool_error' } : {}),
      duration_ms: Math.max(0, Date.parse(time) - Date.parse(use.time)),
      ...(use.isSidechain ? { query_source: 'subagent' } : {}),
    }),
  ]
  const isEdit = EDIT_TOOLS.includes(use.tool)
  if (isEdit && !failed) {
    const { added, deleted } = changedLines(line.toolUseResult)
    events.push(tell('agent.session.output', { kind: 'code', tool: use.tool, loc_added: added, loc_deleted: deleted }))
  }
  const path = text(use.input.file_path ?? use.input.notebook_path ?? use.input.path)
  if (path !== '' && (isEdit || READ_TOOLS.includes(use.tool))) {
    const action = isEdit ? 'write' : 'read'
    events.push(
      tell('agent.access.recorded', { action, resource_type: 'file', path: path.slice(0, 4096), allowed: true }),
    )
  }
  return events
}
