import { access } from './catalogue/access.ts'
import { alertActions, alerts } from './catalogue/alerts.ts'
import { changes } from './catalogue/changes.ts'
import { cli } from './catalogue/cli.ts'
import { config } from './catalogue/config.ts'
import { dashboards } from './catalogue/dashboards.ts'
import { delivery } from './catalogue/delivery.ts'
import type { Entry } from './catalogue/entry.ts'
import { files } from './catalogue/files.ts'
import { ingest } from './catalogue/ingest.ts'
import { interchange } from './catalogue/interchange.ts'
import { metrics } from './catalogue/metrics.ts'
import { models } from './catalogue/models.ts'
import { query } from './catalogue/query.ts'
import { references } from './catalogue/references.ts'
import { schema } from './catalogue/schema.ts'
import { server } from './catalogue/server.ts'
import { tests } from './catalogue/tests.ts'
import { warehouse } from './catalogue/warehouse.ts'

const entries = {
  ...files,
  ...schema,
  ...references,
  ...metrics,
  ...models,
  ...access,
  ...tests,
  ...dashboards,
  ...alerts,
  ...alertActions,
  ...config,
  ...warehouse,
  ...query,
  ...server,
  ...cli,
  ...changes,
  ...interchange,
  ...ingest,
  ...delivery,
}

export type Code = keyof typeof entries

/** Every code there is. Codes are permanent: a text may be improved, a meaning never changes. */
export const catalogue: Readonly<Record<Code, Entry>> = entries
