import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'

const VERSION = '4.1.1'
const JARS = join(import.meta.dirname, `../../node_modules/.cache/kafka-${VERSION}`)

export interface TestKafka {
  readonly brokers: readonly string[]
  createTopic(topic: string, partitions?: number): Promise<void>
  /** Stops the broker as its operator would; `start` brings it back with what it had. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and forgets everything. */
  remove(): Promise<void>
}

/**
 * A real Apache Kafka of one node without ZooKeeper. Null where neither Java with Maven nor its files are there; in CI
 * that is an error.
 */
export async function startKafka(): Promise<TestKafka | null> {
  try {
    ensureJars()
  } catch (error) {
    if (process.env.CI) throw error
    console.warn(`SKIPPED: tests on Kafka, because Java or Maven is missing (${error}).`)
    return null
  }
  const dir = mkdtempSync(join(tmpdir(), 'agent-metrics-kafka-'))
  const [port, controller] = [await freePort(), await freePort()]
  const properties = join(dir, 'server.properties')
  writeFileSync(properties, settings(dir, port, controller))
  java(['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', properties])
  const brokers = [`127.0.0.1:${port}`]
  let broker: ChildProcess | undefined
  const stop = async () => {
    if (broker === undefined) return
    const exit = once(broker, 'exit')
    broker.kill('SIGTERM')
    await exit
    broker = undefined
  }
  const start = async () => {
    broker = spawn('java', ['-Xmx384m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.Kafka', properties], {
      stdio: 'ignore',
    })
    await ready(brokers)
  }
  await start()
  return {
    brokers,
    start,
    stop,
    createTopic: (topic, partitions = 3) =>
      withAdmin(brokers, async (admin) => {
        await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true })
      }),
    async remove() {
      broker?.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const classPath = join(JARS, '*')

const java = (args: readonly string[]) => execFileSync('java', ['-cp', classPath, ...args], { stdio: 'pipe' })

/** Fetches Kafka from Maven Central, once. */
function ensureJars(): void {
  if (existsSync(JARS)) return
  const temporary = `${JARS}.${process.pid}`
  mkdirSync(temporary, { recursive: true })
  const pom = join(temporary, 'pom.xml')
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
     <groupId>test</groupId><artifactId>kafka</artifactId><version>1</version><dependencies><dependency>
     <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version>
     </dependency></dependencies></project>`,
  )
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${temporary}`]
  execFileSync('mvn', ['-q', '-B', '-f', pom, ...goal], { stdio: 'pipe' })
  renameSync(temporary, JARS)
}

const settings = (dir: string, port: number, controller: number) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${join(dir, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`

async function ready(brokers: readonly string[]): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      // Answers only once the coordinator of groups is there as well.
      await withAdmin(brokers, (admin) => admin.listGroups())
      return
    } catch (error) {
      if (tries === 60) throw error
      await sleep(500)
    }
  }
}

type Admin = ReturnType<Kafka['admin']>

async function withAdmin<T>(brokers: readonly string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin()
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
