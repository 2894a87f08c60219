export { compareRows, type RowsDiff } from './compare-rows.ts'
export { runTests, type TestResult, testDiagnostics } from './run-tests.ts'
