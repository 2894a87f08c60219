import type { Entries } from './entry.ts'

/** 80xx: messages and reports while they are sent. */
export const delivery = {
  AM8001: {
    title: 'Unknown channel',
    severity: 'error',
    explanation: 'Channels are declared under `channels:` in alerts/.',
  },
  AM8002: {
    title: 'Unknown delivery',
    severity: 'error',
    explanation: 'Deliveries are kept for 90 days, and everybody sees those of their own tenant.',
  },
  AM8003: {
    title: 'Delivery still on its way',
    severity: 'error',
    explanation: 'Only what was delivered or given up can be sent again.',
  },
  AM8010: {
    title: 'Unknown report',
    severity: 'error',
    explanation: 'Reports are declared under `reports:` in alerts/.',
  },
  AM8011: {
    title: 'No browser to print with',
    severity: 'error',
    explanation: 'PDF files are printed by Chromium or Chrome, which must be on the machine: CHROME_PATH says where.',
  },
  AM8012: {
    title: 'Page did not finish loading',
    severity: 'error',
    explanation: 'A page that is to be printed must be complete in time; otherwise the report fails, never half-empty.',
  },
  AM8013: {
    title: 'Template cannot be filled in',
    severity: 'error',
    explanation: 'The Handlebars template of a report failed with the content of the report.',
  },
  AM8014: {
    title: 'Report cannot be made in this format',
    severity: 'error',
    explanation: 'Reports are made as html, pdf, csv and xlsx.',
  },
  AM8015: {
    title: 'Unknown run of a report',
    severity: 'error',
    explanation: 'The history of a report lists its runs; everybody sees those of their own tenant.',
  },
  AM8016: {
    title: 'Report reaches nobody',
    severity: 'error',
    explanation: 'A report is sent to the channels under `notify`, or to recipients set in the interface.',
  },
  AM8017: {
    title: 'Run of a report still being made',
    severity: 'error',
    explanation: 'What a run sends can be sent again once the run is over.',
  },
} as const satisfies Entries
