import { CubejsHandlerError } from '@cubejs-backend/api-gateway/dist/src/cubejs-handler-error.js'
import { UserError } from '../../diagnostics/index.ts'

/** A refusal in the form that Cube's gateway answers as such. */
export function refused(error: unknown): never {
  if (!(error instanceof UserError)) throw error
  const forbidden = error.diagnostics.some(({ code }) => code === 'AM4007' || code === 'AM4008')
  throw new CubejsHandlerError(forbidden ? 403 : 400, forbidden ? 'Forbidden' : 'User Error', error.message)
}
