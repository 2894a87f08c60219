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

type Options = Pick<Emission, 'where' | 'gather' | 'usage'>

export function step(channel: string, fields: Fields, options: Options = {}): Emission {
  return { type: 'agent.session.step', fields, counted: { topic: 'steps', channel }, ...options }
}

export function tokenCost(channel: string, fields: Fields, options: Options = {}): Emission {
  return {
    type: 'agent.cost.recorded',
    fields: { kind: { value: 'tokens' }, currency: { value: 'USD' }, ...fields },
    counted: { topic: 'usage', channel },
    ...options,
  }
}

/** A tool wrote code: what ends the wait for the first output. */
export function codeWritten(channel: string, where: Emission['where'], fields: Fields = {}): Emission {
  return {
    type: 'agent.session.output',
    fields: { kind: { value: 'code' }, ...fields },
    counted: { topic: 'steps', channel },
    where,
  }
}

/** Lines of code that were added or removed. */
export function codeLines(channel: string, where: Emission['where'], fields: Fields): Emission {
  return {
    type: 'agent.session.output',
    fields: { kind: { value: 'code' }, ...fields },
    counted: { topic: 'lines', channel },
    where,
  }
}

/** The metric of lines, with one point for those added and one for those removed. */
export const linesMetric = (name: string): Rule => {
  const lines = (type: string, field: string): Emission => ({
    ...codeLines('metrics', { type }, { [field]: { from: '@value', as: 'integer' } }),
    gather: ['model', 'function_name'],
  })
  return metric(name, [lines('added', 'loc_added'), lines('removed', 'loc_deleted')])
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
