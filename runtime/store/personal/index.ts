export {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  findDashboard,
  listDashboards,
  type NewDashboard,
} from './dashboards.ts'
export { addFeedback, listFeedback, type NewFeedback } from './feedback.ts'
export { readPreferences, writePreferences } from './preferences.ts'
export { followLink, shortenLink, type Target } from './short-links.ts'
export { deleteView, findView, listViews, type NewView, saveView } from './views.ts'
