/** What Cube's gateway hands over to turn rows of the database into its documented answer. */
export interface TransformRequest {
  readonly aliasToMemberNameMap: Readonly<Record<string, string>>
  readonly annotation: Readonly<Record<string, { readonly type?: string } | undefined>>
  readonly query: {
    readonly measures?: readonly string[]
    readonly dimensions?: readonly string[]
    readonly timeDimensions?: readonly TimeDimension[]
  }
  readonly queryType?: string
  readonly resType?: string
}
interface TimeDimension {
  readonly dimension: string
  readonly granularity?: string
  readonly dateRange?: string | readonly string[]
}
export interface ColumnarRows {
  readonly members: readonly string[]
  readonly columns: readonly (readonly unknown[])[]
}

const LEVELS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']

/** Rows in the format asked for: objects by member, arrays (`compact`) or columns (`columnar`). */
export function finalResult(request: TransformRequest, rows: ColumnarRows): object {
  if (rows.members.length === 0) checkMembers(request)
  const columns = outputColumns(request, rows)
  const count = rows.columns[0]?.length ?? 0
  const members = columns.map((column) => column.member)
  if (request.resType === 'columnar') {
    return { members, columns: columns.map((column) => Array.from({ length: count }, (_, at) => column.value(at))) }
  }
  const indices = Array.from({ length: count }, (_, at) => at)
  if (request.resType === 'compact') {
    return { members, dataset: indices.map((at) => columns.map((column) => column.value(at))) }
  }
  return indices.map((at) => Object.fromEntries(columns.map((column) => [column.member, column.value(at)])))
}

interface OutputColumn {
  readonly member: string
  value(row: number): unknown
}

function outputColumns(request: TransformRequest, rows: ColumnarRows): readonly OutputColumn[] {
  const plain = rows.members.map((alias, index): OutputColumn => {
    const member = request.aliasToMemberNameMap[alias]
    const annotation = member === undefined ? undefined : request.annotation[member]
    if (member === undefined || annotation === undefined) throw hiddenMember(alias)
    const values = rows.columns[index] ?? []
    return { member, value: (row) => transformValue(values[row] ?? null, annotation.type) }
  })
  const columns = [...plain, ...withoutGranularity(request, plain)]
  const [time] = request.query.timeDimensions ?? []
  if (request.queryType === 'compareDateRangeQuery') {
    const range = time?.dateRange
    const text = typeof range === 'string' ? range : (range ?? []).join(' - ')
    return [...columns, { member: 'compareDateRange', value: () => text }]
  }
  if (request.queryType !== 'blendingQuery' || time?.granularity === undefined) return columns
  const source = columns.find((column) => column.member === `${time.dimension}.${time.granularity}`)
  return source === undefined ? columns : [...columns, { member: `time.${time.granularity}`, value: source.value }]
}

/** Clients of old read a time dimension without its granularity: the finest of those asked for. */
function withoutGranularity(request: TransformRequest, columns: readonly OutputColumn[]): readonly OutputColumn[] {
  const finest = new Map<string, { level: number; column: OutputColumn }>()
  for (const column of columns) {
    const [view, name, granularity] = column.member.split('.')
    const member = `${view}.${name}`
    if (granularity === undefined || request.query.dimensions?.includes(member)) continue
    const level = LEVELS.includes(granularity) ? LEVELS.indexOf(granularity) : LEVELS.length
    if (level <= (finest.get(member)?.level ?? LEVELS.length)) finest.set(member, { level, column })
  }
  return [...finest].map(([member, { column }]) => ({ member, value: column.value }))
}

function transformValue(value: unknown, type: string | undefined): unknown {
  if (type !== 'time' || typeof value !== 'string') return value
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?)?(?:Z| UTC|[+-]00(?::?00)?)?$/.exec(value)
  if (match === null) return value
  const [, day, time = '00:00:00', fraction = ''] = match
  return `${day}T${time}.${fraction.padEnd(3, '0')}`
}

/** An answer without columns must not hide that a member was not there to be asked for. */
function checkMembers({ query, annotation }: TransformRequest): void {
  const times = (query.timeDimensions ?? [])
    .filter((time) => time.granularity !== undefined)
    .map((time) => time.dimension)
  for (const member of [...(query.measures ?? []), ...(query.dimensions ?? []), ...times]) {
    if (annotation[member] === undefined) throw hiddenMember(member)
  }
}

const hiddenMember = (name: string): Error =>
  new Error(`You requested hidden member: '${name}'. Please make it visible using \`public: true\`.`)
