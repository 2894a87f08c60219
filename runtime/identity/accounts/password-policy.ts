const SHORTEST = 10
const LONGEST = 200

const COMMON = new Set(
  `1234567890 12345678910 0123456789 9876543210 qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y
   password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123 p@ssword123 mypassword
   letmein123 letmein1234 welcome123 welcome1234 iloveyou12 iloveyou123 administrator admin12345 admin123456
   changeme123 changeme12 sunshine12 sunshine123 princess12 princess123 football12 football123 baseball12 abcdefghij
   abcd123456 abc1234567 abc123456789 zxcvbnm123 asdfghjkl1 asdfghjkl123 trustno1234 superman123 dragon12345
   monkey12345 master12345 shadow12345 michael123 jennifer12 whatever12 computer12 internet12 secret1234 test123456
   testtest123 agentmetrics agent-metrics`.split(/\s+/),
)

/** Why a password is not good enough, or undefined. Length counts; what everybody guesses first does not. */
export function passwordProblem(password: string, email = ''): string | undefined {
  const text = password.normalize('NFKC')
  const lower = text.toLowerCase()
  if (text.length < SHORTEST) return `Take at least ${SHORTEST} characters; several words are easy to remember.`
  if (text.length > LONGEST) return `Take at most ${LONGEST} characters.`
  if (COMMON.has(lower) || new Set(lower).size < 4) return 'This is among the first that somebody would guess.'
  const [name = ''] = email.toLowerCase().split('@')
  if (name.length > 3 && lower.includes(name)) return 'It must not hold your e-mail address.'
  return undefined
}
