/** Placeholders of a widget: while it loads the first time, without rows, and when it failed. */
export function Skeleton({ height }: { readonly height: number }) {
  return <div className="skeleton" style={{ height }} aria-hidden="true" />
}

export function Empty({ height }: { readonly height: number }) {
  return (
    <div className="state" style={{ minHeight: height }}>
      <p className="state-title">No data in this range</p>
      <p className="state-text">Choose a longer range, or check that events arrive.</p>
    </div>
  )
}

export function Failure({
  error,
  retry,
  height,
}: {
  readonly error: Error
  readonly retry: () => void
  readonly height: number
}) {
  return (
    <div className="state" style={{ minHeight: height }} role="alert">
      <p className="state-title">This could not be answered</p>
      <p className="state-text">{error.message}</p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}
