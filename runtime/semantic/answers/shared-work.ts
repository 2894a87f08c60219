interface Running<T> {
  readonly result: Promise<T>
  readonly stop: AbortController
  waiting: number
}

/** Lets those who want the same thing at the same time wait for it together. It stops when nobody waits any more. */
export class SharedWork<T> {
  readonly #running = new Map<string, Running<T>>()

  share(key: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    const running = this.#running.get(key) ?? this.#start(key, work)
    running.waiting++
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal?.reason)
        running.waiting--
        if (running.waiting > 0) return
        if (this.#running.get(key) === running) this.#running.delete(key)
        running.stop.abort(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      running.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
    })
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const stop = new AbortController()
    const running: Running<T> = { result: work(stop.signal), stop, waiting: 0 }
    this.#running.set(key, running)
    const done = () => {
      if (this.#running.get(key) === running) this.#running.delete(key)
    }
    running.result.then(done, done)
    return running
  }
}
