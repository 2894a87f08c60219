import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { bareHost, createAddressGuard } from './address-guard.ts'

/** Says why an address must not be asked for, as the configuration allows; undefined where it may be. */
export function createUrlGuard(allowed: readonly string[]): (url: URL) => Promise<string | undefined> {
  const guard = createAddressGuard(allowed)
  return async (url) => {
    const host = bareHost(url.hostname)
    const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => [])
    if (found.length === 0) return `${host} is not known.`
    return found.map(({ address }) => guard(host, address)).find((reason) => reason !== undefined)
  }
}
