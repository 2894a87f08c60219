export type { Country } from './country-codes.ts'
export { countryName, findCountry } from './find-country.ts'
