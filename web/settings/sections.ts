import type { ComponentType } from 'react'
import type { Project } from '../queries/project.ts'
import { ProfilePage } from './profile/profile-page.tsx'
import { ReportsPage } from './reports/reports-page.tsx'
import { AlertsPage } from './sections/alerts-page.tsx'
import { AuditPage } from './sections/audit-page.tsx'
import { ChannelsPage } from './sections/channels-page.tsx'
import { KeysPage } from './sections/keys-page.tsx'
import { NotificationsPage } from './sections/notifications-page.tsx'
import { SourcesPage } from './sections/sources-page.tsx'
import { UsersPage } from './users/users-page.tsx'

export interface SectionProps {
  readonly project: Project
}

export interface SectionEntry {
  readonly path: string
  readonly title: string
  readonly text: string
  /** Who may use it; everybody where left out. The server enforces the same. */
  readonly roles?: readonly string[]
  readonly group: 'You' | 'Organisation' | 'Data'
  readonly Page: ComponentType<SectionProps>
}

const ADMIN = ['admin']
const LEADS = ['admin', 'manager']

export const SECTIONS: readonly SectionEntry[] = [
  {
    path: '/settings/profile',
    title: 'Profile',
    text: 'Your name, password and sessions, and how the pages look to you.',
    group: 'You',
    Page: ProfilePage,
  },
  {
    path: '/settings/notifications',
    title: 'Notifications',
    text: 'How you are told of alerts.',
    group: 'You',
    Page: NotificationsPage,
  },
  {
    path: '/settings/users',
    title: 'Users and roles',
    text: 'Who may sign in, and what they may do.',
    roles: ADMIN,
    group: 'Organisation',
    Page: UsersPage,
  },
  {
    path: '/settings/keys',
    title: 'API keys',
    text: 'For agents that send events, BI tools and scripts.',
    roles: ADMIN,
    group: 'Organisation',
    Page: KeysPage,
  },
  {
    path: '/settings/alerts',
    title: 'Alert thresholds',
    text: 'When alerts go off, within the bounds that their files allow.',
    roles: LEADS,
    group: 'Organisation',
    Page: AlertsPage,
  },
  {
    path: '/settings/reports',
    title: 'Reports',
    text: 'What is sent to whom, and when.',
    roles: LEADS,
    group: 'Organisation',
    Page: ReportsPage,
  },
  {
    path: '/settings/channels',
    title: 'Channels',
    text: 'Where alerts and reports go, and whether they arrive.',
    roles: ADMIN,
    group: 'Organisation',
    Page: ChannelsPage,
  },
  {
    path: '/settings/audit',
    title: 'Audit log',
    text: 'What was done by whom. Nothing in it is ever changed.',
    roles: ADMIN,
    group: 'Organisation',
    Page: AuditPage,
  },
  {
    path: '/settings/sources',
    title: 'Data sources',
    text: 'Where the data comes from, and how fresh it is.',
    group: 'Data',
    Page: SourcesPage,
  },
]
