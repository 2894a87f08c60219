const FULLEST = 0.75

interface Table {
  readonly slots: Uint32Array
  readonly mask: number
  used: number
}

/**
 * A set of 53-bit fingerprints outside the JavaScript heap: four bytes a slot, none of them moved or copied again.
 * A full table is followed by one of twice its size. It may say yes by mistake, hardly ever; a no is certain.
 */
export class FingerprintSet {
  readonly #tables: Table[]

  constructor(expected = 0) {
    // 2^23 slots are 32 MiB and hold six million.
    this.#tables = [createTable(Math.max(23, Math.ceil(Math.log2((expected * 1.5) / FULLEST + 1))))]
  }

  get size(): number {
    return this.#tables.reduce((sum, { used }) => sum + used, 0)
  }

  get bytes(): number {
    return this.#tables.reduce((sum, { slots }) => sum + slots.byteLength, 0)
  }

  has(fingerprint: number): boolean {
    return this.#tables.some((table) => table.slots[slotOf(table, fingerprint)] !== 0)
  }

  /** True if it was not there. */
  add(fingerprint: number): boolean {
    if (this.has(fingerprint)) return false
    const table = this.#roomy()
    table.slots[slotOf(table, fingerprint)] = markOf(fingerprint)
    table.used++
    return true
  }

  #roomy(): Table {
    const last = this.#tables.at(-1)
    if (last && last.used < last.slots.length * FULLEST) return last
    const next = createTable(Math.log2(last?.slots.length ?? 0) + 1)
    this.#tables.push(next)
    return next
  }
}

function createTable(bits: number): Table {
  return { slots: new Uint32Array(2 ** bits), mask: 2 ** bits - 1, used: 0 }
}

/** The slot that holds the fingerprint, or the empty one where it would go. */
function slotOf({ slots, mask }: Table, fingerprint: number): number {
  const mark = markOf(fingerprint)
  // The upper bits choose the slot and the lower ones are stored in it, so that all 53 count.
  let slot = (Math.imul(fingerprint / 4294967296, 0x9e3779b1) ^ mark) & mask
  while (slots[slot] !== 0 && slots[slot] !== mark) slot = (slot + 1) & mask
  return slot
}

/** Never zero: that marks an empty slot. */
const markOf = (fingerprint: number) => fingerprint >>> 0 || 1
