import { amount, content, day, flag, instant, longText, name, required, share, text } from './field.ts'

export const LifecycleChanged = content(
  {
    agent_id: name('Registered agent; the subject of the event if missing.'),
    name: name('Its name.'),
    kind: name('Kind of agent, such as `claude-code`.'),
    version: name('Its version.'),
    change: name('What changed: `created`, `owner`, `version`, `suspended`, `retired` or another.'),
    status: name('Its status now: `active`, `suspended`, `retired` or another.'),
    owner_id: name('Person who owns it now; null means nobody: it is orphaned.'),
    previous_owner_id: name('Person who owned it before.'),
    team_id: name('Team it belongs to.'),
    reason: text('Why.'),
  },
  'A registered agent was created, changed hands, or ended.',
)

export const SeatChanged = content(
  {
    seat_id: name('Seat; the subject of the event if missing.'),
    user_id: name('Person who has it.'),
    team_id: name('Team of the person.'),
    plan: name('Plan of the seat.'),
    status: required.choice(['assigned', 'invited', 'suspended', 'removed'], 'Its status now.'),
    price: amount('Price per month.'),
    currency: text('ISO 4217 code, `USD` if missing.', 3),
  },
  'A licensed seat was assigned or removed.',
)

export const BudgetSet = content(
  {
    budget_id: name('Budget; the subject of the event if missing.'),
    name: name('Its name.'),
    scope: name('What it is for: `org` (if missing), `org_unit`, `team` or `project`.'),
    scope_id: name('The unit, team or project.'),
    period: required.choice(['month', 'quarter', 'year'], 'Length of the period.'),
    period_start: day('First day of the period.'),
    amount: required.number('Money for one period.'),
    currency: text('ISO 4217 code, `USD` if missing.', 3),
    hard_limit: flag('Whether work stops when it is spent.'),
  },
  'A budget was set.',
)

export const ControlAssessed = content(
  {
    control_id: name('Control; the subject of the event if missing.'),
    framework: required.name('`SOC2`, `ISO27001`, `GDPR` or another.'),
    name: text('What the control asks for.'),
    category: name('Group of controls.'),
    status: required.choice(['pass', 'partial', 'fail', 'not_applicable'], 'What was found.'),
    score: share('Degree to which it is met, from 0 to 1.'),
    weight: amount('Weight in the score of the framework; 1 if missing.'),
    assessed_by: name('Person or system.'),
    evidence: longText('Where the evidence is.'),
    due_at: instant('When it must be met.'),
  },
  'A control of a compliance framework was assessed.',
)
