import type { Content } from './field.ts'
import { BudgetSet, ControlAssessed, LifecycleChanged, SeatChanged } from './governance.ts'
import { AccessRecorded, HealthChecked, InfrastructureSampled, PolicyViolation, SecurityEvent } from './operations.ts'
import {
  AiModelChanged,
  ProjectChanged,
  RepositoryChanged,
  TeamChanged,
  UnitChanged,
  UserChanged,
} from './organisation.ts'
import { FeedbackGiven, PageViewed } from './product.ts'
import { PullRequestClosed, PullRequestMerged, PullRequestOpened, PullRequestUpdated } from './pull-request.ts'
import { CostRecorded, SessionEnded, SessionOutput, SessionStarted, SessionStep } from './session.ts'

/** What a kind of event holds, and the field that names its subject where the subject may stand in for it. */
export interface EventType {
  readonly data: Content
  readonly key: string | null
}

/** Every canonical event type. */
export const EVENT_TYPES: Readonly<Record<string, EventType>> = {
  'agent.session.started': { data: SessionStarted, key: 'session_id' },
  'agent.session.output': { data: SessionOutput, key: 'session_id' },
  'agent.session.step': { data: SessionStep, key: 'session_id' },
  'agent.session.ended': { data: SessionEnded, key: 'session_id' },
  'agent.pr.opened': { data: PullRequestOpened, key: 'pr_id' },
  'agent.pr.updated': { data: PullRequestUpdated, key: 'pr_id' },
  'agent.pr.merged': { data: PullRequestMerged, key: 'pr_id' },
  'agent.pr.closed': { data: PullRequestClosed, key: 'pr_id' },
  'agent.cost.recorded': { data: CostRecorded, key: null },
  'agent.infra.sampled': { data: InfrastructureSampled, key: 'resource_id' },
  'agent.health.checked': { data: HealthChecked, key: 'service' },
  'agent.access.recorded': { data: AccessRecorded, key: null },
  'security.event': { data: SecurityEvent, key: null },
  'security.policy_violation': { data: PolicyViolation, key: null },
  'agent.lifecycle.changed': { data: LifecycleChanged, key: 'agent_id' },
  'seat.changed': { data: SeatChanged, key: 'seat_id' },
  'budget.set': { data: BudgetSet, key: 'budget_id' },
  'compliance.control.assessed': { data: ControlAssessed, key: 'control_id' },
  'dashboard.page.viewed': { data: PageViewed, key: null },
  'dashboard.feedback.given': { data: FeedbackGiven, key: null },
  'org.unit.changed': { data: UnitChanged, key: 'org_unit_id' },
  'org.team.changed': { data: TeamChanged, key: 'team_id' },
  'org.user.changed': { data: UserChanged, key: 'user_id' },
  'org.project.changed': { data: ProjectChanged, key: 'project_id' },
  'org.repository.changed': { data: RepositoryChanged, key: 'repository_id' },
  'org.ai_model.changed': { data: AiModelChanged, key: 'model' },
}
