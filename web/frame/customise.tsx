import { useState } from 'react'
import { navigate, withKey } from '../queries/page-state.ts'
import { createDashboard } from '../queries/personal-dashboards.ts'
import { sayFailure } from './toasts.tsx'

/** Makes a copy of a page, for whoever wants it otherwise. */
export function Customise({ name }: { readonly name: string }) {
  const [busy, setBusy] = useState(false)
  const copy = () => {
    setBusy(true)
    void customise(name).finally(() => setBusy(false))
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
  createDashboard({ from: name }).then(
    ({ id }) => navigate(withKey(`/my/${id}`, location.search, 'edit', '1')),
    sayFailure,
  )
