import { amount, choice, content, count, flag, instant, longText, measure, name, required, text } from './field.ts'

export const ENVIRONMENTS = ['production', 'staging', 'development'] as const
const MODES = ['completions', 'edit', 'agent'] as const

const tokens = {
  input_tokens: count('Tokens sent to the model, without those read from its cache.'),
  output_tokens: count('Tokens the model wrote, reasoning included.'),
  cache_read_tokens: count('Tokens read from the cache.'),
  cache_write_tokens: count('Tokens written to the cache.'),
  reasoning_tokens: count('The part of the output that was reasoning.'),
}

/** Who works where: shared by everything that belongs to a session. */
export const place = {
  session_id: name('Session; the subject of the event if missing.'),
  user_id: name('Person the agent works for.'),
  user_email: text('E-mail of the person, where the id is not known.', 320),
  team_id: name('Team of the person at that time.'),
  project_id: name('Project that is worked on.'),
  repository_id: name('Repository that is worked on.'),
  agent_id: name('Registered agent.'),
  agent: name('Kind of agent, such as `claude-code`.'),
  environment: choice(ENVIRONMENTS, 'Environment the agent runs in.'),
}

export const SessionStarted = content(
  {
    ...place,
    parent_session_id: name('Session that started this one.'),
    agent_version: name('Version of the agent.'),
    branch: text('Branch that is worked on.'),
    model: name('AI model, such as `claude-sonnet-4-6`.'),
    mode: choice(MODES, 'How far the agent works on its own.'),
    task_type: name('Kind of task: `feature`, `bug_fix`, `refactoring`, `tests`, `docs` or another.'),
    complexity: choice(['low', 'medium', 'high'], 'How hard the task is.'),
    language: name('Main programming language.'),
    framework: name('Main framework.'),
    region: name('Region the agent runs in.'),
    country: name('Country of the person, ISO 3166.'),
    trigger: name('What started it: `person`, `schedule`, `issue`, `api` or another.'),
    configuration: longText('Settings of the session, such as the name of a profile.'),
  },
  'A session of an agent began.',
)

export const SessionOutput = content(
  {
    ...place,
    kind: name('What was put out: `code`, `text`, `plan` or another.'),
    latency_ms: measure('Time from the start of the session.'),
    language: name('Programming language of the code.'),
    loc_added: count('Lines added.'),
    loc_modified: count('Lines modified.'),
    loc_deleted: count('Lines deleted.'),
    accepted: flag('Whether the person took it.'),
  },
  'A session put something out; the first one of kind `code` ends the wait for first code.',
)

export const SessionStep = content(
  {
    ...place,
    step: count('Number of the step in its session, from 1.'),
    step_id: name('Id of the step.'),
    parent_step_id: name('Step that this one is a part of.'),
    kind: name('What was done: `read`, `edit`, `run`, `test`, `reason`, `model`, `tool`, `approval` or another.'),
    tool: name('Tool that was used.'),
    status: name('How it went: `ok`, `error`, `denied` or another.'),
    duration_ms: measure('How long it took.'),
    started_at: instant('When it began, if the time of the event is its end.'),
    attempt: count('Number of the attempt, from 1.'),
    model: name('AI model that was called.'),
    ...tokens,
    decision: name('What was decided on it: `accept`, `reject` or another.'),
    decided_by: name('Who decided: `user`, `config`, `hook` or another.'),
    permission_mode: name('Permission mode the agent was in.'),
    error_type: name('Kind of error.'),
    error_message: longText('Error in words.'),
    summary: longText('What was done and why, in words; no source code and no secrets.'),
  },
  'One step of a session: the trace of its execution.',
)

export const SessionEnded = content(
  {
    ...place,
    status: required.choice(['completed', 'failed', 'cancelled'], 'How it ended.'),
    error_type: name('`timeout`, `auth_failure`, `sandbox_crash`, `tool_error`, `rate_limited` or another.'),
    error_message: longText('Error in words.'),
    duration_ms: measure('How long it took; from start to end if missing.'),
    model: name('AI model that did most of the work.'),
    language: name('Main programming language.'),
    loc_added: count('Lines added.'),
    loc_modified: count('Lines modified.'),
    loc_deleted: count('Lines deleted.'),
    files_changed: count('Files changed.'),
    commits: count('Commits made.'),
    steps: count('Steps taken.'),
    ...tokens,
    time_saved_minutes: measure('Estimate of the time that it saved.'),
    review_minutes: measure('Time spent on reviewing its output.'),
  },
  'A session ended.',
)

export const CostRecorded = content(
  {
    ...place,
    cost_id: name('Id of the cost; the id of the event if missing.'),
    kind: required.name('What was paid for: `tokens`, `compute`, `storage`, `seat` or another.'),
    amount: amount('What it cost; negative for a credit; null where the cost is not known.'),
    currency: text('ISO 4217 code, `USD` if missing.', 3),
    imputed: flag('True where the amount was computed from a price list.'),
    model: name('AI model.'),
    quantity: measure('How much was used.'),
    unit: name('Unit of the quantity, such as `s` or `GB`.'),
    ...tokens,
  },
  'A cost of a session, or of a team or project without one.',
)
