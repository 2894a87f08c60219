import { COUNTRIES, type Country } from './country-codes.ts'

const names = new Intl.DisplayNames('en', { type: 'region' })

/** Names in use that the tables of the browser do not have. */
const ALSO: Readonly<Record<string, string>> = {
  'united states of america': 'US',
  usa: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  'czech republic': 'CZ',
  'south korea': 'KR',
  korea: 'KR',
  'north korea': 'KP',
  turkey: 'TR',
  'ivory coast': 'CI',
  'russian federation': 'RU',
  'viet nam': 'VN',
  holland: 'NL',
  'the netherlands': 'NL',
  macedonia: 'MK',
  swaziland: 'SZ',
  burma: 'MM',
  'hong kong': 'HK',
  macau: 'MO',
  'democratic republic of the congo': 'CD',
  'republic of the congo': 'CG',
  palestine: 'PS',
}

let index: ReadonlyMap<string, Country> | undefined

/** The country of an ISO 3166 code (also of a region such as `US-CA`) or of a name. */
export function findCountry(text: string): Country | undefined {
  index ??= indexOf()
  const key = text.trim().toLowerCase()
  return index.get(key) ?? index.get(/^([a-z]{2})-[a-z0-9]{1,3}$/.exec(key)?.[1] ?? '')
}

/** The name of a country as people write it. */
export const countryName = ({ alpha2 }: Country): string => names.of(alpha2) ?? alpha2

function indexOf(): ReadonlyMap<string, Country> {
  const found = new Map<string, Country>()
  for (const country of COUNTRIES) {
    const keys = [country.alpha2, country.alpha3, country.number, countryName(country)]
    for (const key of keys) found.set(key.toLowerCase(), country)
  }
  for (const [name, code] of Object.entries(ALSO)) {
    const country = found.get(code.toLowerCase())
    if (country !== undefined) found.set(name, country)
  }
  return found
}
