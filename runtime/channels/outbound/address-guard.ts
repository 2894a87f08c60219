import ipaddr from 'ipaddr.js'

/** Says why an address must not be reached, or gives undefined where it may be. */
export type AddressGuard = (host: string, address: string) => string | undefined

/** Cloud services of the host machine behind addresses that look public. */
const METADATA = new Set(['168.63.129.16'])

/**
 * Only public addresses may be reached. `allowed` names exceptions: hosts (`hooks.internal`), addresses, or networks
 * (`10.1.0.0/16`).
 */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const networks = allowed.flatMap(parseNetwork)
  const hosts = new Set(allowed.map((host) => host.toLowerCase()))
  return (host, address) => {
    const bare = bareHost(host)
    if (hosts.has(bare)) return undefined
    if (!ipaddr.isValid(address)) return `${address} is no address.`
    const parsed = ipaddr.process(address)
    if (networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits)))
      return undefined
    if (parsed.range() === 'unicast' && !METADATA.has(parsed.toString())) return undefined
    const name = bare === address.toLowerCase() ? address : `${bare} (${address})`
    return `${name} is an internal address. Channels reach those only where delivery.allow_internal of the configuration names them.`
  }
}

/** A host without the brackets of IPv6 and without the dot of a full name. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function parseNetwork(text: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] {
  if (ipaddr.isValidCIDR(text)) return [ipaddr.parseCIDR(text)]
  if (!ipaddr.isValid(text)) return []
  const address = ipaddr.process(text)
  return [[address, address.kind() === 'ipv4' ? 32 : 128]]
}
