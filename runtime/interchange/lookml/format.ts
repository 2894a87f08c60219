import type { Format } from '../../definitions/index.ts'
import type { Lose } from '../draft/index.ts'
import { type Block, textOf } from './lookml-file.ts'

/** The format of a measure by name or by pattern, as far as there is one. */
export function formatOf(block: Block, object: string, lose: Lose): Format | undefined {
  const text = textOf(block, 'value_format_name') ?? textOf(block, 'value_format')
  if (text === undefined) return undefined
  const format = named(text) ?? pattern(text.replaceAll('"', ''))
  if (format === undefined) lose('AM6234', object, `Its format \`${text}\` is left behind.`, 'Set `format`.')
  return format
}

const CURRENCIES: Readonly<Record<string, string>> = { usd: 'USD', eur: 'EUR', gbp: 'GBP' }

function named(name: string): Format | undefined {
  const [, kind = '', digits] = /^([a-z]+)(?:_(\d))?$/.exec(name) ?? []
  const decimals = digits === undefined ? {} : { decimals: Number(digits) }
  const currency = CURRENCIES[kind]
  if (currency !== undefined) return { type: 'currency', currency, ...decimals }
  if (kind === 'percent') return digits === undefined ? 'percent' : { type: 'percent', ...decimals }
  return kind === 'decimal' ? { type: 'number', ...decimals } : name === 'id' ? 'number' : undefined
}

const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' }

function pattern(text: string): Format | undefined {
  const [, sign, decimals = '', percent] = /^([$€£])?[#,0]+(?:\.(0+))?(%)?$/.exec(text) ?? []
  if (!/[#0]/.test(text) || !/^[$€£]?[#,0]+(?:\.0+)?%?$/.test(text)) return undefined
  const digits = { decimals: decimals.length }
  if (percent !== undefined) return { type: 'percent', ...digits }
  const currency = SIGNS[sign ?? '']
  return currency === undefined ? { type: 'number', ...digits } : { type: 'currency', currency, ...digits }
}
