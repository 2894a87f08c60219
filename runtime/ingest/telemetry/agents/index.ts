import type { AgentMapping } from '../mapping/index.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import { copilot } from './copilot.ts'
import { geminiCli } from './gemini-cli.ts'
import { genai } from './genai.ts'

/** Every mapping; the first that recognises a record reads it. */
export const agentMappings: readonly AgentMapping[] = [claudeCode, codex, geminiCli, copilot, genai]
