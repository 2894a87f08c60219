export { createBaseline } from './baseline.ts'
export { createDetector, type Detector, type Reading } from './detector.ts'
