import { createStore, useStore } from '../queries/external-store.ts'

interface Toast {
  readonly id: number
  readonly text: string
}

const toasts = createStore<readonly Toast[]>([])
let last = 0

/** Says something for a few seconds. */
export function say(text: string) {
  last += 1
  const toast = { id: last, text }
  toasts.set([...toasts.get().slice(-2), toast])
  setTimeout(() => toasts.set(toasts.get().filter(({ id }) => id !== toast.id)), 5000)
}

/** Tells why something that was wished did not happen. */
export const sayFailure = (error: unknown) => say(error instanceof Error ? error.message : String(error))

export function Toasts() {
  const shown = useStore(toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <p key={id} className="toast">
          {text}
        </p>
      ))}
    </div>
  )
}
