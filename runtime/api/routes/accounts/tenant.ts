import type { Request, Response } from 'express'
import { callerOf, isLocal } from '../../authenticate.ts'

/** The caller's tenant; commands of this machine name theirs: `?org=`. */
export function tenantOf(request: Request, response: Response): string | null {
  const caller = callerOf(response)
  if (!isLocal(caller)) return caller.org
  return typeof request.query.org === 'string' ? request.query.org : null
}
