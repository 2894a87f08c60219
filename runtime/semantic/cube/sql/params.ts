import { keepNamedColumns } from '../../cube-model/column-list.ts'

/**
 * Parameters while SQL is put together. Cube marks them `$0$`, which the SQL of users may contain; characters for private use
 * hardly will.
 */
export class Params {
  readonly #params: unknown[]

  constructor(params: readonly unknown[] = []) {
    this.#params = [...params]
  }

  allocateParam(param: unknown): string {
    this.#params.push(param)
    return `\uE000${this.#params.length - 1}\uE001`
  }

  allocateParamsForQuestionString(sql: string, params: readonly unknown[]): string {
    let index = 0
    return sql.replace(/\?/g, () => this.allocateParam(params[index++]))
  }

  hasParametersInSql(sql: string): boolean {
    return /\uE000\d+\uE001/.test(sql)
  }

  getParams(): readonly unknown[] {
    return this.#params
  }

  /** SQL of what is needed, with `$1`, `$2` … in the order in which they stand, each value once. */
  buildSqlAndParams(sql: string): [string, unknown[]] {
    const positions = new Map<string, number>()
    const used: unknown[] = []
    const text = keepNamedColumns(sql).replace(/\uE000(\d+)\uE001/g, (_, index: string) => {
      const known = positions.get(index) ?? used.push(this.#params[Number(index)])
      positions.set(index, known)
      return `$${known}`
    })
    return [text, used]
  }
}
