import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../runtime/ingest/dedup/fingerprint.ts'
import { FingerprintSet } from '../../runtime/ingest/dedup/fingerprint-set.ts'
import { splitValues } from '../../runtime/ingest/files/split-values.ts'
import { DEFAULT_LIMITS, readEvents, Unreadable } from '../../runtime/ingest/index.ts'
import { countKeys, duplicateKey } from '../../runtime/ingest/json/keys.ts'
import { scanList } from '../../runtime/ingest/json/scan.ts'

describe('the set of fingerprints', () => {
  it('holds millions, forgets none, and takes a foreign one for known hardly ever', () => {
    const set = new FingerprintSet()
    const known = (index: number) => fingerprint('acme', '/agents', `ses-${index}-step-1`)
    for (let index = 0; index < 7_000_000; index++) set.add(known(index))
    expect(7_000_000 - set.size).toBeLessThan(5)
    expect(set.bytes).toBeLessThan(110_000_000)
    let missing = 0
    for (let index = 0; index < 7_000_000; index += 7) if (!set.has(known(index))) missing++
    expect(missing).toBe(0)
    let mistaken = 0
    for (let index = 0; index < 1_000_000; index++) if (set.has(known(7_000_000 + index))) mistaken++
    expect(mistaken).toBeLessThan(5)
  })

  it('takes zero and the largest fingerprint', () => {
    const set = new FingerprintSet()
    for (const value of [0, 2 ** 32, 2 ** 53 - 1]) expect(set.add(value)).toBe(true)
    for (const value of [0, 2 ** 32, 2 ** 53 - 1]) expect([set.has(value), set.add(value)]).toEqual([true, false])
  })

  it('gives parts of an identity that look alike different fingerprints', () => {
    const prints = [
      ['a', 'b', 'c'],
      ['ab', '', 'c'],
      ['a', 'bc', ''],
      ['', 'ab', 'c'],
    ].map(([org = '', source = '', id = '']) => fingerprint(org, source, id))
    expect(new Set(prints).size).toBe(4)
    expect(prints.every((print) => Number.isSafeInteger(print) && print >= 0)).toBe(true)
  })
})

describe('reading JSON', () => {
  const texts = ['{}', '[]', '"a"', '1', '{"a":[{"b":"]"},"\\"",{}]}', '{"a":"\\\\"}', 'null', '[[1,2],[3]]', '"é,{"']

  it('finds the items of every list', () => {
    for (const first of texts) {
      for (const second of texts) {
        const bytes = Buffer.from(` [ ${first},\n${second}\t] `)
        const items = scanList(bytes, 10)
        if ('brokenAt' in items) throw new Error(`${bytes} is broken at ${items.brokenAt}`)
        expect(items.map(({ start, end }) => JSON.parse(bytes.toString('utf8', start, end)))).toEqual([
          JSON.parse(first),
          JSON.parse(second),
        ])
        expect(items.map(({ keys }) => keys)).toEqual([countKeys(JSON.parse(first)), countKeys(JSON.parse(second))])
      }
    }
  })

  it.each(['', '[', '[1', '[1,', '[1,]', '[,1]', '[1]]', '[1],', '{', '["a]', '[{]', ']'])(
    'reads %j as one thing that is broken',
    (text) => {
      const { events, isList } = readEvents(Buffer.from(text), 'batch', DEFAULT_LIMITS)
      expect([isList, events.length]).toEqual([false, 1])
      expect(events[0]).toBeInstanceOf(Unreadable)
    },
  )

  it('survives any damage to a batch', () => {
    const bytes = Buffer.from(
      JSON.stringify([
        { id: 'a', data: { text: 'x"y\\' } },
        { id: 'b', list: [1, [2]] },
      ]),
    )
    for (let place = 0; place < bytes.length; place++) {
      for (const byte of [0x00, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes)
        damaged[place] = byte
        expect(readEvents(damaged, 'batch', DEFAULT_LIMITS).events.length).toBeGreaterThan(0)
        expect(readEvents(damaged.subarray(0, place), 'any', DEFAULT_LIMITS).events.length).toBe(1)
      }
    }
  })

  it('names the key that occurs twice', () => {
    expect(duplicateKey('{"a":1,"b":{"a":2,"c":[{"a":1},{"a":1}],"\\u0063":1}}')).toBe('c')
    expect(duplicateKey('{"a":"\\"a\\":","b":{"a":{}}}')).toBeUndefined()
  })

  it('finds the values of a file wherever its chunks end', async () => {
    const text = `[${texts.filter((each) => /^[{[]/.test(each)).join(' ,\n')}]\n`
    const bytes = Buffer.from(text)
    for (let size = 1; size <= 12; size++) {
      const chunks = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const values: unknown[] = []
      for await (const piece of splitValues(chunks(), 1000)) values.push(JSON.parse(piece.bytes.toString()))
      expect(values).toEqual(JSON.parse(text))
    }
  })
})
