const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/** Words of SQL that are no columns where they stand bare. */
export const KEYWORDS = words(`
  select from where and or not in is null true false case when then else end between like ilike glob similar as cast
  try_cast distinct interval filter over partition by order asc desc nulls first last rows range groups preceding following
  current row unbounded at escape to any all some exists union except intersect group having limit offset join left
  right full inner outer cross lateral natural on using with recursive values collate array unnest within ignore respect
  isnull notnull symmetric current_date current_time current_timestamp localtime localtimestamp current_user session_user
  extract exclude replace qualify window pivot unpivot materialized
`)

/** Names of values without parentheses: never to be quoted as columns. */
export const BARE_VALUES = words(`
  null true false current_date current_time current_timestamp localtime localtimestamp current_user session_user
`)

export const UNITS = words(`
  microsecond microseconds millisecond milliseconds second seconds minute minutes hour hours day days week weeks month
  months quarter quarters year years decade decades century centuries epoch dow isodow doy isoyear dayofweek dayofyear
  weekday weekofyear yearweek timezone
`)

/** Types that may stand before a literal: `date '2026-01-01'`. */
export const LITERAL_TYPES = words('date time timestamp timestamptz interval uuid json')

export const AGGREGATES = words(`
  sum count avg min max median mean stddev stddev_pop stddev_samp variance var_pop var_samp quantile quantile_cont
  quantile_disc percentile_cont percentile_disc approx_quantile approx_count_distinct string_agg array_agg group_concat
  listagg bool_and bool_or any_value arg_max arg_min max_by min_by count_if countif corr covar_pop covar_samp
`)
