/** What a demo organisation is made of; ids overlap between organisations on purpose. */
export interface OrganisationPlan {
  readonly id: string
  readonly name: string
  readonly users: number
  readonly repositories: number
  readonly divisions: readonly DivisionPlan[]
}

interface DivisionPlan {
  readonly name: string
  /** Part of the story at which its teams begin to use agents. */
  readonly adopts: number
  /** True where it spends more than it may in the last months. */
  readonly overspends?: boolean
  /** Names of teams by department. */
  readonly departments: Readonly<Record<string, readonly string[]>>
}

/** Teams with a story of their own. */
export const LAGGING_TEAMS: readonly string[] = ['Treasury', 'Logistics', 'Workplace']
export const FALLEN_BACK_TEAM = 'Search'
export const CARELESS_TEAM = 'Experiments'

export const DEFAULT_ORGANISATIONS: readonly OrganisationPlan[] = [
  {
    id: 'acme',
    name: 'Acme',
    users: 400,
    repositories: 60,
    divisions: [
      {
        name: 'Product Engineering',
        adopts: 0,
        departments: {
          Commerce: ['Checkout', 'Catalogue', 'Search'],
          Mobile: ['iOS', 'Android', 'Mobile Platform'],
          'Growth Engineering': ['Onboarding', 'Experiments'],
        },
      },
      {
        name: 'Platform',
        adopts: 0.08,
        departments: {
          Infrastructure: ['Compute', 'Networking', 'Observability'],
          'Developer Experience': ['Build Tools', 'Internal Portal'],
          Security: ['Identity', 'Application Security'],
        },
      },
      {
        name: 'Data and AI',
        adopts: 0.16,
        overspends: true,
        departments: { 'Data Platform': ['Warehouse', 'Streaming'], 'Applied AI': ['Ranking', 'Assistants'] },
      },
      {
        name: 'Business Systems',
        adopts: 0.3,
        departments: {
          'Finance Technology': ['Billing', 'Treasury'],
          'Customer Operations': ['Support Tools', 'Logistics'],
          'Corporate IT': ['Workplace', 'Integrations'],
        },
      },
    ],
  },
  {
    id: 'globex',
    name: 'Globex',
    users: 24,
    repositories: 8,
    divisions: [
      { name: 'Technology', adopts: 0, departments: { Payments: ['Ledger', 'Cards'], Operations: ['Back Office'] } },
      { name: 'Research', adopts: 0.2, departments: { Labs: ['Prototypes'] } },
    ],
  },
]
