import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes: too many to guess, so a plain SHA-256 of it is safe to keep. */
export function createSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
