export * from './accounts/index.ts'
export type { ApiKey, NewApiKey } from './api-keys.ts'
export { type AttributeSource, type Attributes, lookUpAttributes, rememberAttributes } from './attributes.ts'
export { actorOf, type Caller, type CallerAccount, isRole, isScope, SCOPES, type Scope } from './caller.ts'
export { createDirectory, type PeopleSource } from './directory.ts'
export { createIdentity, type Identity } from './identity.ts'
export { mailReadersOf } from './mail-readers.ts'
export {
  asksForMail,
  changePreferences,
  type NotificationSettings,
  notificationPreferencesOf,
  Preferences,
  preferencesOf,
  unwantedBy,
} from './preferences.ts'
export { mayGrant } from './roles.ts'
export { createSecret, hashSecret } from './secret.ts'
export {
  type Client,
  type FindPerson,
  listSessions,
  type Person,
  SESSION_LIFETIME,
  type SessionInfo,
} from './sessions.ts'
export { onlyTenant, tenantsOf } from './tenants.ts'
