import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createAddressGuard } from '../../runtime/channels/outbound/address-guard.ts'
import { createPost } from '../../runtime/channels/outbound/post.ts'
import { startReceiver } from '../support/receiver.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0)) await item.close()
})
const track = <T extends { close(): Promise<void> }>(item: T): T => {
  open.push(item)
  return item
}
const request = (url: string) => ({ url, headers: {}, body: '{}' })
const answering = (...addresses: string[]): LookupFunction => {
  let calls = 0
  return (_host, _options, callback) => {
    const address = addresses[Math.min(calls, addresses.length - 1)] ?? ''
    calls += 1
    const family = address.includes(':') ? 6 : 4
    callback(null, [{ address, family }])
  }
}

describe('the address guard', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    'fe80::1',
    'fd00:ec2::254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fec0::1',
  ])('refuses %s', (address) => {
    expect(createAddressGuard([])('hook.example.org', address)).toContain('internal address')
  })

  it.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '172.32.0.1'])('lets %s pass', (address) => {
    expect(createAddressGuard([])('hook.example.org', address)).toBeUndefined()
  })

  it('lets pass what is allowed: a host, an address, a network, and nothing beside it', () => {
    const guard = createAddressGuard(['hooks.internal', '10.1.0.0/16', '192.168.1.7', 'fd12::/16'])
    expect(guard('hooks.internal', '10.9.9.9')).toBeUndefined()
    expect(guard('HOOKS.internal.', '10.9.9.9')).toBeUndefined()
    expect(guard('x', '10.1.200.3')).toBeUndefined()
    expect(guard('x', '::ffff:10.1.200.3')).toBeUndefined()
    expect(guard('x', '10.2.0.1')).toBeDefined()
    expect(guard('x', '192.168.1.7')).toBeUndefined()
    expect(guard('x', '192.168.1.8')).toBeDefined()
    expect(guard('x', 'fd12::1')).toBeUndefined()
    expect(guard('evil.hooks.internal', '10.9.9.9')).toBeDefined()
  })
})

describe('posting outside', () => {
  const guard = createAddressGuard([])

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
  ])('does not reach %s', async (url) => {
    const receiver = track(await startReceiver())
    const sent = createPost({ guard })(request(url.replace('PORT', String(receiver.port))))
    await expect(sent).rejects.toMatchObject({ name: 'OutboundError', retry: false })
    expect(receiver.received).toEqual([])
  })

  it('checks the address that it connects to, so a name that changes its mind gains nothing', async () => {
    const receiver = track(await startReceiver())
    const seen: string[] = []
    const watching = (host: string, address: string) => {
      seen.push(address)
      return createAddressGuard([])(host, address)
    }
    const lookup = answering('93.184.215.14', '127.0.0.1')
    const post = createPost({ guard: watching, lookup, timeout: 300 })
    const url = `http://rebind.example.org:${receiver.port}/`
    await expect(post(request(url))).rejects.toThrow()
    await expect(post(request(url))).rejects.toThrow('rebind.example.org (127.0.0.1) is an internal address')
    expect(seen).toEqual(['93.184.215.14', '127.0.0.1'])
    expect(receiver.received).toEqual([])
  })

  it('refuses a name of which one address is internal', async () => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '::ffff:10.0.0.1', family: 6 },
      ])
    await expect(createPost({ guard, lookup })(request('https://mixed.example.org/'))).rejects.toThrow(
      'internal address',
    )
  })

  it('does not follow redirects', async () => {
    const inside = track(await startReceiver())
    const outside = track(await startReceiver(() => ({ status: 307, headers: { location: inside.url } })))
    const post = createPost({ guard: createAddressGuard(['127.0.0.1']) })
    expect((await post(request(outside.url))).status).toBe(307)
    expect(inside.received).toEqual([])
  })

  it('gives up on a receiver that does not answer, and reads no more of a long answer than it needs', async () => {
    const silent = track(await startReceiver(() => ({ status: 200, body: 'x'.repeat(5_000_000) })))
    const allowed = createAddressGuard(['127.0.0.1'])
    expect((await createPost({ guard: allowed })(request(silent.url))).body).toHaveLength(65_536)
    const lookup = answering('192.0.2.1')
    const slow = createPost({ guard: () => undefined, lookup, timeout: 200 })
    await expect(slow(request('http://silent.example.org/'))).rejects.toMatchObject({ retry: true })
  })

  it.each(['file:///etc/passwd', 'gopher://x/', 'not an address'])('refuses %s', async (url) => {
    await expect(createPost({ guard })(request(url))).rejects.toMatchObject({ retry: false })
  })
})
