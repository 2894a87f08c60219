import type { Entries } from './entry.ts'

/** 18xx: alerts, channels and reports. */
export const alerts = {
  AM1801: {
    title: 'Alert declared twice',
    severity: 'error',
    explanation: 'Names of alerts are unique.',
  },
  AM1802: {
    title: 'Channel declared twice',
    severity: 'error',
    explanation: 'Names of channels are unique.',
  },
  AM1803: {
    title: 'Report declared twice',
    severity: 'error',
    explanation: 'Names of reports are unique.',
  },
  AM1804: {
    title: 'Unknown channel',
    severity: 'error',
    explanation: '`notify` names channels under `channels:`.',
  },
  AM1805: {
    title: 'Nobody is notified',
    severity: 'warning',
    explanation: 'Without `notify` the alert or report reaches nobody.',
  },
  AM1806: {
    title: 'Alert without a condition',
    severity: 'error',
    explanation: '`when` says what is met.',
  },
  AM1807: {
    title: 'Conditions that contradict',
    severity: 'error',
    explanation: 'The limits cannot be what is meant.',
  },
  AM1808: {
    title: 'Unknown alert',
    severity: 'error',
    explanation: '`inhibited_by` names other alerts.',
  },
  AM1809: {
    title: 'Alerts that mute one another in a circle',
    severity: 'error',
    explanation: 'While they fire, none of them would be heard.',
  },
  AM1810: {
    title: 'Grouping by what the alert does not tell apart',
    severity: 'error',
    explanation: '`group_by` names dimensions of `by`.',
  },
  AM1811: {
    title: 'Limit out of its bounds',
    severity: 'error',
    explanation: 'The limit lies within the bounds that the interface offers.',
  },
  AM1812: {
    title: 'Unknown dashboard',
    severity: 'error',
    explanation: 'A report sends a dashboard.',
  },
  AM1813: {
    title: 'Broken schedule',
    severity: 'error',
    explanation: 'A schedule is five fields of cron: minute, hour, day of month, month, day of week.',
  },
  AM1814: {
    title: 'Unknown time zone',
    severity: 'error',
    explanation: 'Time zones have IANA names such as `Europe/Berlin`.',
  },
  AM1815: {
    title: 'Secret in a file',
    severity: 'warning',
    explanation: 'Secrets belong into the environment: `${env:NAME}`.',
  },
  AM1816: {
    title: 'Malformed address',
    severity: 'error',
    explanation: 'The address of a channel cannot be one.',
  },
  AM1817: {
    title: 'Condition that is checked too seldom',
    severity: 'warning',
    explanation: '`for` is shorter than `every`, so it is met at the first check.',
  },
  AM1818: {
    title: 'Duration that cannot work',
    severity: 'error',
    explanation: 'The times of the alert do not fit one another.',
  },
  AM1819: {
    title: 'Maintenance window declared twice',
    severity: 'error',
    explanation: 'Names of maintenance windows are unique.',
  },
  AM1820: {
    title: 'Broken maintenance window',
    severity: 'error',
    explanation: 'A window has a schedule and a duration, or begins and ends at an instant.',
  },
  AM1821: {
    title: 'Window beside a grain',
    severity: 'error',
    explanation: '`window` is the span before now that an alert without a grain and without `change` looks at.',
  },
} as const satisfies Entries

/** 803x: alerts at run time. */
export const alertActions = {
  AM8030: {
    title: 'Unknown alert',
    severity: 'error',
    explanation: 'The name is none of the alerts of the project that the caller may see.',
  },
  AM8031: {
    title: 'Override out of bounds',
    severity: 'error',
    explanation: 'Limits are overridden only within `bounds` of the file; without `bounds` they are fixed.',
  },
  AM8032: {
    title: 'Series that cannot be read',
    severity: 'error',
    explanation: 'A series is CSV with a column of timestamps and one of values.',
  },
  AM8033: {
    title: 'Silence that cannot be',
    severity: 'error',
    explanation: 'A silence ends in the future and says why.',
  },
  AM8034: {
    title: 'Unknown instance',
    severity: 'error',
    explanation: 'The alert has no such instance that the caller may see.',
  },
  AM8035: {
    title: 'Backtest over too much',
    severity: 'error',
    explanation: 'A backtest checks the alert at every step of its range, which are limited in number.',
  },
  AM1850: {
    title: 'Report without content',
    severity: 'error',
    explanation: 'A report shows a `dashboard`, `rows` of its own, or both.',
  },
  AM1851: {
    title: 'Unknown template',
    severity: 'error',
    explanation: '`template` names a Handlebars file beside the file that declares the report.',
  },
  AM1852: {
    title: 'Broken template',
    severity: 'error',
    explanation: 'The template of the report is not valid Handlebars.',
  },
} as const satisfies Entries
