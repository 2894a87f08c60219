import type { Emission, Fields, Rule } from '../mapping/index.ts'

export const log = (name: Rule['name'], emit: readonly Emission[], where?: Rule['where']): Rule =>
  rule('logs', name, emit, where)

export const metric = (name: Rule['name'], emit: readonly Emission[], where?: Rule['where']): Rule =>
  rule('metrics', name, emit, where)

export const span = (name: Rule['name'], emit: readonly Emission[], where?: Rule['where']): Rule =>
  rule('traces', name, emit, where)

function rule(on: Rule['on'], name: Rule['name'], emit: readonly Emission[], where: Rule['where']): Rule {
  return { on, name, emit, where }
}

export function step(channel: string, fields: Fields, where?: Emission['where']): Emission {
  return {
    type: 'agent.session.step',
    fields,
    counted: { topic: 'steps', channel },
    where,
  }
}

export function tokenCost(
  channel: string,
  fields: Fields,
  options: Pick<Emission, 'where' | 'gather' | 'usage'> = {},
): Emission {
  return {
    type: 'agent.cost.recorded',
    fields: { kind: { value: 'tokens' }, currency: { value: 'USD' }, ...fields },
    counted: { topic: 'usage', channel },
    ...options,
  }
}

/** Code was written: what ends the wait for the first output. */
export function codeOutput(where: Emission['where'], fields: Fields = {}, channel?: string): Emission {
  return {
    type: 'agent.session.output',
    fields: { kind: { value: 'code' }, ...fields },
    where,
    ...(channel === undefined ? {} : { counted: { topic: 'lines', channel } }),
  }
}

export function securityEvent(kind: string, severity: string, where: Emission['where'], fields: Fields = {}): Emission {
  return {
    type: 'security.event',
    fields: { kind: { value: kind }, severity: { value: severity }, ...fields },
    where,
  }
}

export const bypass = (where: Emission['where']): Emission =>
  securityEvent('permission_bypass', 'high', where, {
    blocked: { value: false },
    message: { value: 'Permission checks were switched off.' },
  })

export const authFailure = (where: Emission['where']): Emission =>
  securityEvent('auth_failure', 'medium', where, { blocked: { value: true } })
