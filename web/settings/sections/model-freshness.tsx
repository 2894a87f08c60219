import { Loaded, Nothing, Section } from '../parts/section.tsx'
import type { Times } from '../parts/times.ts'
import { useResource } from '../parts/use-resource.ts'

interface Model {
  readonly name: string
  readonly label: string
  readonly relation: string
  readonly builtAt: string | null
  readonly rows: number | null
  /** The newest time of its rows that the caller may see. */
  readonly newest: string | null
}

const count = new Intl.NumberFormat('en-US')

/** How far the data of each semantic model reaches. */
export function ModelFreshness({ times }: { readonly times: Times }) {
  const models = useResource<{ models: readonly Model[] }>('/api/v1/models/freshness')
  return (
    <Section title="Models" text="What dashboards read: when each was built, and the newest time in its rows.">
      <Loaded resource={models} absent="This server does not tell when its models were built.">
        {(data) =>
          data.models.length === 0 ? (
            <Nothing text="The project has no models yet." />
          ) : (
            <div className="table-scroll">
              <table className="setting-table">
                <thead>
                  <tr>
                    <th scope="col">Model</th>
                    <th scope="col">Newest data</th>
                    <th scope="col">Built</th>
                    <th scope="col" data-number="true">
                      Rows
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.models.map((model) => (
                    <tr key={model.name}>
                      <td>
                        <p className="rows-title">{model.label}</p>
                        <p className="rows-text">
                          <code>{model.relation}</code>
                        </p>
                      </td>
                      <td title={times.at(model.newest)}>{model.newest === null ? '—' : times.ago(model.newest)}</td>
                      <td title={times.at(model.builtAt)}>{times.ago(model.builtAt)}</td>
                      <td data-number="true">{model.rows === null ? '—' : count.format(model.rows)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}
