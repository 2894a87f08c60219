import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Up to `size` connections, opened when they are first needed; who comes later waits in line. */
export class ConnectionPool {
  readonly #instance: DuckDBInstance
  readonly #size: number
  readonly #idle: DuckDBConnection[] = []
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = []
  #opened = 0

  constructor(instance: DuckDBInstance, size: number) {
    this.#instance = instance
    this.#size = size
  }

  async use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.#acquire()
    try {
      return await work(connection)
    } finally {
      this.#release(connection)
    }
  }

  close(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync()
  }

  async #acquire(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#opened >= this.#size) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#opened++
    try {
      return await this.#instance.connect()
    } catch (error) {
      this.#opened--
      throw error
    }
  }

  #release(connection: DuckDBConnection): void {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#idle.push(connection)
  }
}
