import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A secret of 160 bits in base 32, as authenticator apps take it. */
export function createTotpSecret(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')
}

/** The address that authenticator apps read from a QR code or a link. */
export function totpUri(secret: string, email: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

/** The code of a step (RFC 6238: SHA-1, 30 s, six digits). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', decode(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The step that a code belongs to, one to either side of now and after the last one used; undefined for a wrong one. */
export function totpStep(secret: string, code: string, lastStep: number, now = Date.now()): number | undefined {
  const given = Buffer.from(code.replace(/\s/g, ''))
  const at = Math.floor(now / STEP)
  return [at - 1, at, at + 1].find((step) => {
    const expected = Buffer.from(totpCode(secret, step))
    return step > lastStep && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function decode(secret: string): Buffer {
  const bits = [...secret].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
