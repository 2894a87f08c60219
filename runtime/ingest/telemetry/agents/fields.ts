import type { Field, Fields, Translation } from '../mapping/index.ts'

/** Who and where, from resource attributes that an organisation sets for all its agents. */
export const place: Fields = {
  user_id: {
    from: ['user.account_uuid', 'user.account_id', 'user.id', '@resource.user.id', 'enduser.id'],
    as: 'string',
  },
  user_email: { from: ['user.email', '@resource.user.email'], as: 'string' },
  team_id: { from: ['@resource.team.id', '@resource.team', 'team.id'], as: 'string' },
  project_id: { from: ['@resource.project.id', '@resource.project', 'project.id'], as: 'string' },
  repository_id: {
    from: ['@resource.repository.id', '@resource.repository', '@resource.vcs.repository.name', 'vcs.repository.name'],
    as: 'string',
  },
  agent_id: { from: '@resource.agent.id', as: 'string' },
  environment: {
    from: ['@resource.deployment.environment.name', '@resource.deployment.environment'],
    as: 'string',
    map: {
      production: 'production',
      prod: 'production',
      staging: 'staging',
      stage: 'staging',
      development: 'development',
      dev: 'development',
      '*': null,
    },
  },
}

export const started: Fields = {
  agent_version: { from: ['@resource.service.version', 'app.version'], as: 'string' },
  branch: { from: ['@resource.vcs.ref.head.name', '@resource.git.branch', 'vcs.ref.head.name'], as: 'string' },
  task_type: { from: '@resource.task.type', as: 'string' },
  mode: { value: 'agent' },
}

/** What a tool does, whatever an agent calls it. */
export const TOOL_KINDS: Translation = {
  ...kinds(
    'read',
    'Read Grep Glob LS NotebookRead read_file read_many_files list_directory glob grep search_file_content',
  ),
  ...kinds('read', 'readFile listDir grep_search file_search semantic_search list_dir view search codebase'),
  ...kinds('edit', 'Edit MultiEdit Write NotebookEdit write_file replace edit create apply_patch str_replace_editor'),
  ...kinds('edit', 'insert_edit_into_file replace_string_in_file multi_replace_string_in_file create_file edit_file'),
  ...kinds('run', 'Bash BashOutput PowerShell run_shell_command shell local_shell exec_command unified_exec'),
  ...kinds('run', 'run_in_terminal runCommand bash terminal'),
  ...kinds('test', 'runTests run_tests test_failure'),
  '*': 'tool',
}

export const EDIT_TOOLS = toolsOf('edit')
export const READ_TOOLS = toolsOf('read')

/** Kinds of errors as sessions have them, by HTTP status. */
export const HTTP_ERRORS: Translation = {
  401: 'auth_failure',
  403: 'auth_failure',
  408: 'timeout',
  413: 'context_overflow',
  429: 'rate_limited',
  504: 'timeout',
  529: 'overloaded',
  '*': 'api_error',
}

export const OUTCOME = { true: 'ok', false: 'error' } as const
export const DECISION = {
  accept: 'ok',
  approved: 'ok',
  approved_for_session: 'ok',
  auto_accept: 'ok',
  modify: 'ok',
  reject: 'denied',
  denied: 'denied',
  abort: 'denied',
} as const
export const DECIDED_BY = {
  user_permanent: 'user',
  user_temporary: 'user',
  user_abort: 'user',
  user_reject: 'user',
  User: 'user',
  Config: 'config',
} as const

/** A step told by a span. */
export const spanStep: Fields = {
  step_id: '@span',
  parent_step_id: '@parent',
  duration_ms: { from: '@duration', as: 'milliseconds', unit: 'ns' },
  status: { from: '@failed', as: 'string', map: { true: 'error', false: 'ok' } },
  error_type: { from: 'error.type', as: 'string' },
  error_message: { from: '@message', as: 'text' },
}

export const milliseconds = (from: string): Field => ({ from, as: 'milliseconds' })
export const integer = (...from: readonly string[]): Field => ({ from, as: 'integer' })
export const word = (...from: readonly string[]): Field => ({ from, as: 'string' })

function kinds(kind: string, tools: string): Readonly<Record<string, string>> {
  return Object.fromEntries(tools.split(' ').map((tool) => [tool, kind]))
}

function toolsOf(kind: string): readonly string[] {
  return Object.entries(TOOL_KINDS).flatMap(([tool, is]) => (is === kind && tool !== '*' ? [tool] : []))
}
