import type { Migration } from 'kysely/migration'
import { keysAndSessions } from './0001-keys-and-sessions.ts'
import { personalState } from './0002-personal-state.ts'
import { accounts } from './0003-accounts.ts'
import { alerts } from './0004-alerts.ts'
import { deliveries } from './0005-deliveries.ts'
import { reports } from './0006-reports.ts'
import { personalDashboards } from './0007-personal-dashboards.ts'
import { reportResends } from './0008-report-resends.ts'
import { notificationAlerts } from './0009-notification-alerts.ts'

/** In the order of their names. One that was released is never edited: a new one follows it. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_keys_and_sessions': keysAndSessions,
  '0002_personal_state': personalState,
  '0003_accounts': accounts,
  '0004_alerts': alerts,
  '0005_deliveries': deliveries,
  '0006_reports': reports,
  '0007_personal_dashboards': personalDashboards,
  '0008_report_resends': reportResends,
  '0009_notification_alerts': notificationAlerts,
}
