export type Environment = Readonly<Record<string, string | undefined>>

/** A setting with its `${env:NAME}` replaced, or the variables that are not set. */
export type Resolved<T> =
  | { readonly value: T; readonly secrets: readonly string[] }
  | { readonly missing: readonly string[] }

/** Reads the environment for a channel, at the time of sending: secrets are in no file and no log. */
export function resolveSecrets<T>(setting: T, env: Environment): Resolved<T> {
  const missing = new Set<string>()
  const secrets = new Set<string>()
  const replace = (text: string) =>
    text.replace(/\$\{\s*env:\s*([A-Za-z_]\w*)\s*\}/g, (_reference, name: string) => {
      const value = env[name]
      if (value) secrets.add(value)
      else missing.add(name)
      return value ?? ''
    })
  const value = mapTexts(setting, replace)
  return missing.size > 0 ? { missing: [...missing] } : { value: value as T, secrets: [...secrets] }
}

/** A text without any of the secrets, for logs. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text)
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTexts(child, change)]))
}
