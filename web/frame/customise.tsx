import { useState } from 'react'
import { MenuItems } from '../components/menu-items.tsx'
import { Popover } from '../components/popover.tsx'
import { useStore } from '../queries/external-store.ts'
import { navigate, withKey } from '../queries/page-state.ts'
import { createDashboard, personalDashboards } from '../queries/personal-dashboards.ts'
import { sayFailure } from './toasts.tsx'

/** Makes a copy of a page, for whoever wants it otherwise; copies that are there already are offered first. */
export function Customise({ name }: { readonly name: string }) {
  const [busy, setBusy] = useState(false)
  const { dashboards } = useStore(personalDashboards)
  const copies = dashboards.filter(({ mine, origin }) => mine && origin === name)
  const copy = () => {
    setBusy(true)
    void customise(name).finally(() => setBusy(false))
  }
  if (copies.length > 0) {
    return (
      <Popover align="end" name="Customise this dashboard" label="Customise">
        {(close) => (
          <MenuItems
            close={close}
            items={[
              ...copies.map(({ id, title }) => [`Open my copy “${title}”`, () => edit(id)] as const),
              ['Make another copy', copy],
            ]}
          />
        )}
      </Popover>
    )
  }
  return (
    <button
      type="button"
      className="button"
      disabled={busy}
      title="Make a copy of this page, and change it as you like"
      onClick={copy}
    >
      Customise
    </button>
  )
}

/** Copies a page of the project and opens the copy to be edited, with the time and filters of the page. */
export const customise = (name: string): Promise<void> =>
  createDashboard({ from: name }).then(({ id }) => edit(id), sayFailure)

const edit = (id: string) => navigate(withKey(`/my/${id}`, location.search, 'edit', '1'))
