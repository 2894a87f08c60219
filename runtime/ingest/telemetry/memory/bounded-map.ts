/** A map that forgets what was not set for longest once it holds `limit` entries. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #limit: number

  constructor(limit: number) {
    super()
    this.#limit = limit
  }

  override set(key: K, value: V): this {
    super.delete(key)
    if (super.size >= this.#limit) {
      const oldest = super.keys().next()
      if (!oldest.done) super.delete(oldest.value)
    }
    return super.set(key, value)
  }
}
