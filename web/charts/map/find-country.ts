// Printed reports draw the same map, so they know countries by the same names.
export { countryName, findCountry } from '../../../runtime/countries/index.ts'
