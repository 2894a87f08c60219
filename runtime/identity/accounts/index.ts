export { type AccountLink, createLink, listInvitations, readLink, withdrawInvitation } from './account-links.ts'
export {
  type Account,
  type AccountChange,
  changeAccount,
  findAccount,
  inviteAccount,
  listAccounts,
  resetPassword,
} from './accounts.ts'
export { accountOfClaims, type ClaimMapping, type MappedPerson, personOfClaims } from './claims.ts'
export {
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  ownAccount,
  removeSecondFactor,
  renameAccount,
} from './own-account.ts'
export { hashPassword, needsRehash, type ScryptCost, verifyPassword } from './password-hash.ts'
export { passwordProblem } from './password-policy.ts'
export { createPasswordProvider } from './password-provider.ts'
export type { Begun, Claims, FormField, IdentityProvider, Outcome, Reply } from './provider.ts'
export { type Answers, redeemLink } from './redeem-link.ts'
export { enter, needsSecondFactor, type SignIn, signInAccount, signInWithCode } from './sign-in.ts'
export { totpCode, totpUri } from './totp.ts'
