/** How people write days and instants in text besides ISO 8601, most certain first. */
const FORMATS: readonly string[] = [
  '%Y/%m/%d',
  '%Y/%m/%d %H:%M:%S',
  '%Y/%m/%d %H:%M',
  '%Y%m%d',
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d-%b-%Y',
  '%d.%m.%Y',
  '%d.%m.%Y %H:%M',
  '%d.%m.%Y %H:%M:%S',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d/%m/%Y %H:%M',
  '%m/%d/%Y %H:%M',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%Y-%m',
]

/** SQL that reads a text as a time, or as null. */
export const TIME_READERS: readonly { readonly format: string; readonly read: (text: string) => string }[] = [
  { format: 'ISO 8601', read: (text) => `cast(try_cast(${text} as timestamptz) as timestamp)` },
  ...FORMATS.map((format) => ({ format, read: (text: string) => `try_strptime(${text}, '${format}')` })),
]

/** Pairs that read the same text in two ways. */
export const TWINS: readonly (readonly [string, string])[] = [
  ['%d/%m/%Y', '%m/%d/%Y'],
  ['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M'],
  ['%d-%m-%Y', '%m-%d-%Y'],
]
