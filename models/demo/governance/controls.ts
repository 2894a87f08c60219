/** What frameworks ask for; `from` is the degree to which it is met at the start of the story. */
export interface Control {
  readonly id: string
  readonly framework: 'SOC2' | 'ISO27001' | 'GDPR'
  readonly category: string
  readonly name: string
  readonly weight: number
}

const control = (id: string, framework: Control['framework'], category: string, name: string, weight = 1): Control => ({
  id,
  framework,
  category,
  name,
  weight,
})

export const CONTROLS: readonly Control[] = [
  control('soc2-cc6.1', 'SOC2', 'Access', 'Logical access to agents is restricted to authorised people', 2),
  control('soc2-cc6.2', 'SOC2', 'Access', 'Accounts are registered before credentials are issued'),
  control('soc2-cc6.3', 'SOC2', 'Access', 'Access is removed when somebody leaves', 2),
  control('soc2-cc6.6', 'SOC2', 'Boundaries', 'Network egress of sandboxes is limited to an allow list', 2),
  control('soc2-cc6.7', 'SOC2', 'Boundaries', 'Data in transit is encrypted'),
  control('soc2-cc7.1', 'SOC2', 'Operations', 'Changes of configuration are detected'),
  control('soc2-cc7.2', 'SOC2', 'Operations', 'Anomalies of agents are monitored'),
  control('soc2-cc7.3', 'SOC2', 'Operations', 'Security events are evaluated within a day'),
  control('soc2-cc8.1', 'SOC2', 'Change', 'Changes made by agents are reviewed by a person', 2),
  control('soc2-a1.2', 'SOC2', 'Availability', 'Capacity and recovery are tested'),
  control('iso-a5.9', 'ISO27001', 'Organisation', 'There is an inventory of agents with owners', 2),
  control('iso-a5.15', 'ISO27001', 'Organisation', 'Rules for access are set and followed'),
  control('iso-a5.23', 'ISO27001', 'Organisation', 'Use of cloud services is governed'),
  control('iso-a5.34', 'ISO27001', 'Organisation', 'Personal data is protected'),
  control('iso-a8.2', 'ISO27001', 'Technology', 'Privileged access is limited', 2),
  control('iso-a8.9', 'ISO27001', 'Technology', 'Configurations are managed'),
  control('iso-a8.12', 'ISO27001', 'Technology', 'Leaks of data are prevented', 2),
  control('iso-a8.15', 'ISO27001', 'Technology', 'Activity is logged'),
  control('iso-a8.16', 'ISO27001', 'Technology', 'Activity is monitored'),
  control('iso-a8.28', 'ISO27001', 'Technology', 'Code is written securely'),
  control('gdpr-art5', 'GDPR', 'Principles', 'Personal data in prompts is kept to the minimum', 2),
  control('gdpr-art17', 'GDPR', 'Rights', 'Data of a person is erased on request'),
  control('gdpr-art25', 'GDPR', 'Design', 'Data protection by design and by default'),
  control('gdpr-art28', 'GDPR', 'Processors', 'Providers of models have processing agreements', 2),
  control('gdpr-art30', 'GDPR', 'Records', 'Processing by agents is on record'),
  control('gdpr-art32', 'GDPR', 'Security', 'Processing is secure', 2),
  control('gdpr-art35', 'GDPR', 'Design', 'Impact assessments are made'),
]
