import { BaseFilter } from '@cubejs-backend/schema-compiler'

interface CubeFilter {
  definition(): { readonly type: string }
  castParameter(): string
  allocateParam(param: unknown): string
  filterParams(): readonly unknown[]
  likeIgnoreCase(column: string, not: boolean, param: unknown, type?: string): string
}
type CubeFilterClass = new (query: unknown, filter: unknown) => CubeFilter

const Base = BaseFilter as unknown as CubeFilterClass
const NUMBERS = new Set(['number', 'count', 'countDistinct', 'countDistinctApprox', 'sum', 'avg', 'min', 'max'])

/** Values are parameters of the type of what they are compared with. */
export class TypedFilter extends Base {
  override castParameter(): string {
    const { type } = this.definition()
    if (NUMBERS.has(type)) return 'CAST(? AS DOUBLE PRECISION)'
    if (type === 'boolean') return 'CAST(? AS BOOLEAN)'
    return type === 'time' ? 'CAST(? AS TIMESTAMP)' : 'CAST(? AS VARCHAR)'
  }

  override likeIgnoreCase(column: string, not: boolean, param: unknown, type = 'contains'): string {
    const before = type === 'starts' ? '' : "'%' || "
    const after = type === 'ends' ? '' : " || '%'"
    const pattern = `${before}CAST(${this.allocateParam(param)} AS VARCHAR)${after}`
    return `${column}${not ? ' NOT' : ''} ILIKE ${pattern} ESCAPE '\\'`
  }

  /** SQL's own patterns; Cube has operators for their usual forms only. */
  likeWhere(column: string): string {
    return this.#pattern(column, 'LIKE')
  }
  notLikeWhere(column: string): string {
    return this.#pattern(column, 'NOT LIKE')
  }
  ilikeWhere(column: string): string {
    return this.#pattern(column, 'ILIKE')
  }
  notIlikeWhere(column: string): string {
    return this.#pattern(column, 'NOT ILIKE')
  }

  #pattern(column: string, operator: string): string {
    return `${column} ${operator} CAST(${this.allocateParam(this.filterParams()[0])} AS VARCHAR)`
  }
}
