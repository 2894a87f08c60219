import { type Static, type TProperties, Type } from '@sinclair/typebox'
import {
  Duration,
  GrainName,
  list,
  Name,
  nameOf,
  oneOf,
  optional,
  Reference,
  RoleName,
  SEVERITIES,
  Span,
  strict,
  text,
  Version,
} from './common.ts'
import { WidgetRow } from './dashboards.ts'
import { AlertTest } from './tests.ts'

const Secret = text(`Usually \`$\{env:NAME}\`: secrets stay in the environment.`)
const channel = <N extends string, P extends TProperties>(type: N, properties: P, description: string) =>
  strict(
    { name: Name, type: Type.Literal(type), description: optional(text('Who reads it.')), ...properties },
    description,
  )

export const Channel = Type.Union(
  [
    channel(
      'email',
      {
        to: Type.Array(Type.String(), { minItems: 1, description: 'Addresses.' }),
        from: optional(Type.String()),
        subject_prefix: optional(Type.String()),
      },
      'E-mail.',
    ),
    channel('slack', { url: Secret }, 'Slack incoming webhook.'),
    channel('teams', { url: Secret }, 'Microsoft Teams webhook.'),
    channel('pagerduty', { routing_key: Secret, url: optional(Type.String()) }, 'PagerDuty Events v2.'),
    channel('opsgenie', { api_key: Secret, url: optional(Type.String()) }, 'Opsgenie alerts.'),
    channel(
      'webhook',
      { url: Secret, secret: optional(Secret), headers: optional(Type.Record(Type.String(), Type.String())) },
      'Signed webhook.',
    ),
    channel('in_app', {}, 'Notification centre of the dashboard.'),
  ],
  { discriminator: { propertyName: 'type' }, description: 'Where messages go; `type` says how.' },
)
export type Channel = Static<typeof Channel>

const alertKeys = {
  name: Name,
  title: optional(text('Title of the message.')),
  description: optional(text('What it means.')),
  runbook: optional(text('Link or text: what to do.')),
  by: optional(list(Reference, 'One instance for each value.')),
  where: optional(text("Filter: `{environment} = 'production'`.")),
  every: optional(Duration),
  severity: optional(oneOf(SEVERITIES, 'How bad it is.')),
  notify: optional(list(Name, 'Channels.')),
  group_by: optional(list(Reference, 'One message for each value.')),
  repeat: optional(Duration),
  delay: optional(Duration),
  max_instances: optional(Type.Integer({ minimum: 1, description: 'Instances at most.' })),
  inhibited_by: optional(list(Name, 'Alerts that mute this one while they fire.')),
  owner: optional(text('Team or person that answers for it.')),
  enabled: optional(Type.Boolean({ description: 'False: checked by nobody.' })),
}
const alert = <N extends string, P extends TProperties>(type: N, properties: P, description: string) =>
  strict({ ...alertKeys, type: Type.Literal(type), ...properties }, description)

const Limit = Type.Number({ description: 'A limit in the unit of the metric.' })
const timing = { for: optional(Duration), keep_firing_for: optional(Duration) }
const limits = {
  above: optional(Limit),
  below: optional(Limit),
  outside: optional(Type.Tuple([Type.Number(), Type.Number()], { description: '[low, high].' })),
}
const bounds = optional(
  strict({ min: optional(Type.Number()), max: optional(Type.Number()) }, 'Within these the UI may override the limit.'),
)
const noData = optional(oneOf(['ok', 'no_data', 'firing'], 'What a missing answer means.'))

export const Alert = Type.Union(
  [
    alert(
      'threshold',
      {
        metric: nameOf('Metric that is watched.'),
        grain: optional(GrainName),
        window: optional(Duration),
        when: strict(
          {
            ...limits,
            change: optional(
              strict(
                { ...limits, compared_to: optional(Span) },
                'Relative change against an earlier period: 0.2 is 20%.',
              ),
            ),
            ...timing,
          },
          'When it is met.',
        ),
        bounds,
        no_data: noData,
      },
      'A metric passes a limit.',
    ),
    alert(
      'anomaly',
      {
        metric: nameOf('Metric that is watched.'),
        grain: optional(GrainName),
        sensitivity: optional(oneOf(['low', 'medium', 'high'], 'How small a deviation counts.')),
        when: optional(
          strict(
            { direction: optional(oneOf(['up', 'down', 'both'], 'Which deviations count.')), ...timing },
            'When it is met.',
          ),
        ),
        history: optional(Span),
        no_data: noData,
      },
      'A metric leaves its usual range.',
    ),
    alert(
      'budget',
      {
        metric: nameOf('Metric that is watched.'),
        budget: Type.Union([Name, Type.Number()], { description: 'Metric that holds the budget, or an amount.' }),
        period: optional(oneOf(['month', 'quarter', 'year'], 'Period of the budget.')),
        at: optional(
          Type.Array(Type.Number({ exclusiveMinimum: 0 }), { description: 'Percentages; 50, 80 and 100 by default.' }),
        ),
        forecast: optional(Type.Boolean({ description: 'Also when the forecast passes it.' })),
        limit: optional(Type.Boolean({ description: 'Emit budget.limit.reached at 100%.' })),
      },
      'Spend reaches parts of a budget.',
    ),
    alert(
      'event',
      {
        metric: nameOf('Metric that is watched.'),
        when: optional(
          strict({ above: optional(Limit), within: optional(Duration) }, 'When it is met; above 0 by default.'),
        ),
      },
      'Something happened, in real time.',
    ),
    alert(
      'adoption',
      {
        metric: nameOf('Metric that is watched.'),
        grain: optional(GrainName),
        when: strict({ below: Limit, ...timing }, 'When it is met.'),
        bounds,
      },
      'Usage falls below a threshold.',
    ),
  ],
  { discriminator: { propertyName: 'type' }, description: 'A rule; `type` says of what kind.' },
)
export type Alert = Static<typeof Alert>

export const Report = strict(
  {
    name: Name,
    title: optional(text('Title.')),
    description: optional(text('What it answers.')),
    dashboard: optional(nameOf('Dashboard that is sent.')),
    rows: optional(
      Type.Array(WidgetRow, { minItems: 1, description: 'Rows of its own: after those of the dashboard, or instead.' }),
    ),
    schedule: optional(text('Cron: `0 8 * * 1`.')),
    timezone: optional(text('IANA name; that of the project by default.')),
    range: optional(
      oneOf(['yesterday', 'last_week', 'last_month', 'last_quarter', '7d', '30d', '90d'], 'Span of time.'),
    ),
    format: optional(
      Type.Array(oneOf(['html', 'pdf', 'csv', 'xlsx'], 'Format.'), { minItems: 1, description: 'Formats.' }),
    ),
    compare: optional(oneOf(['previous_period', 'previous_year', 'none'], 'What it is compared with.')),
    include: optional(
      list(
        oneOf(['definitions', 'evidence', 'audit_trail', 'signatures'], 'Part of the document.'),
        'What stands behind the figures; `definitions` by default.',
      ),
    ),
    role: optional(RoleName),
    template: optional(text('Handlebars template beside the file, such as `summary.hbs`.')),
    where: optional(text("Filter: `{team} = 'core'`.")),
    each: optional(Reference),
    notify: optional(list(Name, 'Channels.')),
    enabled: optional(Type.Boolean({ description: 'False: sent only when somebody asks for it.' })),
  },
  'A dashboard, or rows of widgets, sent on a schedule.',
)
export type Report = Static<typeof Report>

export const Maintenance = strict(
  {
    name: Name,
    description: optional(text('What is done meanwhile.')),
    schedule: optional(text('Cron of its beginnings: `0 2 * * 0`. With `duration`.')),
    duration: optional(Duration),
    timezone: optional(text('IANA name; that of the project by default.')),
    from: optional(text('Instant at which it begins, where it is held once: `2026-03-31T22:00:00Z`.')),
    to: optional(text('Instant at which it ends.')),
    alerts: optional(list(Name, 'Alerts that are mute meanwhile; all by default.')),
    match: optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Only instances with these values: `{ environment: staging }`; `*` stands for any text.',
      }),
    ),
  },
  'A window of time in which alerts tell nobody.',
)
export type Maintenance = Static<typeof Maintenance>

export const AlertsFile = strict(
  {
    version: Version,
    channels: optional(list(Channel, 'Where messages go.')),
    alerts: optional(list(Alert, 'Rules.')),
    reports: optional(list(Report, 'Scheduled reports.')),
    maintenance: optional(list(Maintenance, 'Windows of time in which alerts tell nobody.')),
    tests: optional(list(AlertTest, 'Unit tests of alerts.')),
  },
  'Channels, alerts and reports.',
)
export type AlertsFile = Static<typeof AlertsFile>
