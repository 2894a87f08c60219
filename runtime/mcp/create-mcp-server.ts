import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import { Ajv } from 'ajv'
import { renderDiagnostics, UserError } from '../diagnostics/index.ts'
import type { Desk } from './desk.ts'
import type { Tool } from './tool.ts'
import { explainMetric } from './tools/explain-metric.ts'
import { listMetrics } from './tools/list-metrics.ts'
import { projectTools } from './tools/project-tools.ts'
import { queryMetrics } from './tools/query-metrics.ts'

const READING: readonly Tool[] = [listMetrics, explainMetric, queryMetrics]

/** A server of the Model Context Protocol over a desk; it has yet to be connected to a transport. */
export function createMcpServer(desk: Desk, version: string): Server {
  const tools = desk.files === undefined ? READING : [...READING, ...projectTools]
  const server = new Server(
    { name: desk.manifest().project.name, version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(describeTool) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name)
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}.`)
    return callTool(desk, tool, params.arguments ?? {})
  })
  return server
}

const INSTRUCTIONS =
  'Answer questions about this project from its metrics only: find the metric with list_metrics, read its definition and dimensions with explain_metric, then query. Say which metric and which range of time an answer is from.'

function describeTool({ name, title, description, input }: Tool) {
  const annotations = { title, readOnlyHint: true, openWorldHint: false }
  return { name, title, description, inputSchema: { ...input, type: 'object' as const }, annotations }
}

const ajv = new Ajv({ allErrors: true, useDefaults: false })

/** A mistake in the question is an answer, so that the assistant can mend it; a bug is not. */
async function callTool(desk: Desk, tool: Tool, input: Readonly<Record<string, unknown>>): Promise<CallToolResult> {
  const check = ajv.compile(tool.input)
  if (!check(input))
    return refusal(`These arguments do not fit: ${ajv.errorsText(check.errors, { dataVar: 'arguments' })}.`)
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await tool.run(desk, input)) }] }
  } catch (error) {
    if (error instanceof UserError) return refusal(renderDiagnostics(error.diagnostics, { color: false }))
    throw error
  }
}

const refusal = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true })
