import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** `sha256=` and the HMAC of the body, as GitHub and Bitbucket sign. */
export function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return isSame(signature, expected)
}

/** Compares in a time that says nothing of where two texts differ. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
