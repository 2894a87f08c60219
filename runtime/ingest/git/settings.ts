import { fail, nearest } from '../../diagnostics/index.ts'
import { PROVIDERS, type Provider } from './providers/index.ts'
import type { GitSecret } from './routes.ts'

const KEYS = ['provider', 'secret', 'org']

/** Reads `ingest.git` of the configuration: `[{ provider, secret, org }]`. */
export function gitSecrets(given: unknown): readonly GitSecret[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) fail('AM2005', '`ingest.git` is a list of `{ provider, secret, org }`.')
  return given.map((each, index) => gitSecret(each, `ingest.git[${index}]`))
}

function gitSecret(given: unknown, place: string): GitSecret {
  if (typeof given !== 'object' || given === null) fail('AM2005', `\`${place}\` must be an object.`)
  for (const key of Object.keys(given)) {
    if (KEYS.includes(key)) continue
    const like = nearest(key, KEYS)
    fail('AM2003', `\`${place}\` has no key \`${key}\`.`, { hint: like && `Did you mean \`${like}\`?` })
  }
  const { provider, secret, org } = given as Readonly<Record<string, unknown>>
  const name = PROVIDERS.find((each) => each.name === provider)?.name
  // A short secret can be guessed, an empty one lets everybody in.
  if (typeof secret !== 'string' || secret.length < 16) {
    fail('AM2005', `\`${place}.secret\` must be text of at least 16 characters.`)
  }
  if (org !== undefined && (typeof org !== 'string' || org === '')) fail('AM2005', `\`${place}.org\` names a tenant.`)
  return { provider: name ?? refuse(place), secret, ...(typeof org === 'string' ? { org } : {}) }
}

function refuse(place: string): Provider['name'] {
  return fail('AM2005', `\`${place}.provider\` must be ${PROVIDERS.map(({ name }) => name).join(', ')}.`)
}
