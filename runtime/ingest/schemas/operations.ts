import { amount, choice, content, count, flag, longText, measure, name, required, share, text } from './field.ts'
import { ENVIRONMENTS, place } from './session.ts'

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
const severity = choice(SEVERITIES, 'How bad it is.')

export const InfrastructureSampled = content(
  {
    resource_id: name('What was measured: a host, sandbox or pool; the subject of the event if missing.'),
    resource_type: name('`host`, `sandbox`, `pool` or another.'),
    session_id: name('Session that ran there.'),
    team_id: name('Team that it is for.'),
    region: name('Region.'),
    environment: choice(ENVIRONMENTS, 'Environment.'),
    interval_s: measure('Time the sample stands for, in seconds.'),
    cpu_utilization: share('Part of the CPU in use, from 0 to 1.'),
    memory_utilization: share('Part of the memory in use, from 0 to 1.'),
    disk_utilization: share('Part of the storage in use, from 0 to 1.'),
    memory_bytes: measure('Memory in use.'),
    disk_bytes: measure('Storage in use.'),
    network_in_bytes: measure('Bytes received in the interval.'),
    network_out_bytes: measure('Bytes sent in the interval.'),
    sandboxes_running: count('Sandboxes that run.'),
    sandboxes_capacity: count('Sandboxes that could run.'),
    queue_depth: count('Sessions that wait.'),
  },
  'A sample of the infrastructure that agents run on.',
)

export const HealthChecked = content(
  {
    service: name('What was checked; the subject of the event if missing.'),
    check: name('Which check.'),
    region: name('Where from.'),
    environment: choice(ENVIRONMENTS, 'Environment.'),
    status: required.choice(['up', 'degraded', 'down'], 'What was found.'),
    latency_ms: measure('How long the answer took.'),
    interval_s: measure('Time the check stands for, in seconds.'),
    error_message: longText('Error in words.'),
  },
  'An availability check of the platform.',
)

export const AccessRecorded = content(
  {
    ...place,
    access_id: name('Id of the access; the id of the event if missing.'),
    action: required.name('`read`, `write`, `delete`, `list`, `execute`, `clone`, `push` or another.'),
    resource_type: name('`repository`, `file`, `secret`, `url` or another.'),
    path: text('File or resource within the repository.', 4096),
    classification: name('How sensitive it is: `public`, `internal`, `confidential`, `restricted` or another.'),
    allowed: flag('False where the access was refused.'),
    bytes: measure('Bytes read or written.'),
  },
  'An agent accessed a repository or a file: the audit log.',
)

const incident = {
  ...place,
  event_id: name('Id of the incident; the id of the event if missing.'),
  severity,
  resource: text('What it was aimed at: a domain, address, file or command.', 4096),
  blocked: flag('Whether it was stopped.'),
  message: longText('What happened, in words.'),
  region: name('Region.'),
}

export const SecurityEvent = content(
  {
    ...incident,
    kind: required.name('`blocked_network`, `auth_failure`, `secret_detected`, `sandbox_escape` or another.'),
    score: amount('Score of a detector.'),
  },
  'Something relevant to security happened, such as a blocked network request or a failed sign-in.',
)

export const PolicyViolation = content(
  {
    ...incident,
    policy_id: name('Policy that was violated.'),
    policy: name('Name of the policy.'),
    kind: name('What it restricts: `domain`, `file`, `command`, `secret`, `permission` or another.'),
    action: name('What was done: `blocked`, `warned`, `allowed` or another.'),
  },
  'An agent tried what a policy forbids.',
)
