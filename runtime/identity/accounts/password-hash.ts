import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** How dear a guess is: 2^ln blocks of r × 128 bytes, p times over. */
export interface ScryptCost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** 32 MiB and some 0.2 s a guess; what OWASP counts as equal to 128 MiB once. */
const COST: ScryptCost = { ln: 15, r: 8, p: 3 }
const BYTES = 32

/** The hash with all that is needed to compute it again, as in PHC strings: `$scrypt$ln=15,r=8,p=3$salt$hash`. */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  const { ln, r, p } = cost
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Takes as long for an account that is not there (`encoded` null) as for a wrong password. */
export async function verifyPassword(password: string, encoded: string | null, cost = COST): Promise<boolean> {
  const stored = encoded === null ? null : parse(encoded)
  const { salt, hash } = stored ?? { salt: Buffer.alloc(16), hash: Buffer.alloc(BYTES) }
  const derived = await derive(password, salt, stored?.cost ?? cost)
  return timingSafeEqual(derived, hash) && stored !== null
}

/** True for hashes that were made when guesses were cheaper. */
export function needsRehash(encoded: string, cost: ScryptCost = COST): boolean {
  const stored = parse(encoded)?.cost
  return stored === undefined || stored.ln < cost.ln || stored.r < cost.r || stored.p < cost.p
}

function parse(encoded: string) {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(encoded)
  if (match === null) return null
  const [ln = 0, r = 0, p = 0] = match.slice(1, 4).map(Number)
  const [salt = '', hash = ''] = match.slice(4)
  return { cost: { ln, r, p }, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') }
}

/** Each takes memory and a thread: few at a time, so that a flood of guesses starves nothing else. */
const AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, salt: Buffer, { ln, r, p }: ScryptCost): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await new Promise((resolve, reject) => {
      const options = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r }
      scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}
