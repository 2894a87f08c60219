import { createStore } from './external-store.ts'

/** Whether the server can be reached, and whether it still knows who asks. */
export type Connection = 'connected' | 'lost' | 'signed_out'

export const connection = createStore<Connection>('connected')

/** Grows whenever everything shown has to be asked again. */
export const refreshes = createStore(0)

export const askAgain = () => refreshes.set(refreshes.get() + 1)

export function reportLost() {
  if (connection.get() !== 'signed_out') connection.set('lost')
}

/** What could not be asked meanwhile is asked now. */
export function reportReached() {
  if (connection.get() !== 'lost') return
  connection.set('connected')
  askAgain()
}

export const reportSignedOut = () => connection.set('signed_out')

/** Somebody signed in again, in this window or in another one. */
export function reportSignedIn() {
  connection.set('connected')
  askAgain()
}
