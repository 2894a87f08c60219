import type { Definition, PersonalDashboard } from '../queries/personal-dashboards.ts'

/** A personal dashboard whose definition its reader may see. */
export type SavedDashboard = Omit<PersonalDashboard, 'definition'> & { readonly definition: Definition }

export const isReadable = (dashboard: PersonalDashboard): dashboard is SavedDashboard => dashboard.definition !== null

/** What a new dashboard begins with; it is saved once there is something in it. */
export const NEW_DASHBOARD: SavedDashboard = {
  id: 'new',
  name: '',
  title: 'New dashboard',
  shared: false,
  mine: true,
  owner: '',
  origin: null,
  changed_at: '',
  dashboard: null,
  diagnostics: [],
  definition: { name: '', title: 'New dashboard', rows: [] },
}
