// Sends the examples of commands with kafkajs and reads their answers: nothing here knows Podwire's code.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { randomUUID } = require('node:crypto');
const assert = require('node:assert');
const { CompressionCodecs, CompressionTypes, Kafka, Partitioners, logLevel } = require('kafkajs');
const lz4 = require('lz4js');

// It brings no LZ4 of its own, which the worker compresses with.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const [broker, examples] = process.argv.slice(2);
const run = `js-${randomUUID().slice(0, 8)}`;
const terminal = new Set(['succeeded', 'failed', 'rejected', 'duplicate']);
const limitMillis = 90_000;

/** An example as a command of this run: its own id and pod, in the default namespace. */
function example(name, data = {}) {
  const command = JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8'));
  command.id = `${name}-${run}`;
  const target = command.data.pod ?? command.data;
  delete target.namespace;
  if (command.subject) {
    command.subject = `default/${run}`;
  }
  Object.assign(target, { name: run }, data);
  return command;
}

const kind = (event) => event.type.split('.').at(-2);

async function main() {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.ERROR });
  // Its default partitioner is Java's.
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: run, readUncommitted: false });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topic: 'pod-events', fromBeginning: true });
  const events = [];
  const waiting = new Map();
  await consumer.run({
    eachMessage: async ({ message }) => {
      const event = JSON.parse(message.value.toString());
      events.push(event);
      if (terminal.has(kind(event))) {
        assert.equal(message.headers.ce_id.toString(), event.id);
        waiting.get(event.causationid)?.(event);
      }
    },
  });

  async function ask(command) {
    const answer = new Promise((resolve, reject) => {
      waiting.set(command.id, resolve);
      setTimeout(() => reject(new Error(`no answer to ${command.id}`)), limitMillis).unref();
    });
    await producer.send({
      topic: 'pod-commands',
      messages: [{ key: `default/${run}`, value: JSON.stringify(command) }],
    });
    return answer;
  }

  const created = await ask(example('pod-create'));
  const answers = {
    'pod-create': created,
    // It says done and ends, so whether it was still to be seen ready is chance.
    'pod-get': await ask(example('pod-get', { await: { state: 'Finished', timeout: '90s' } })),
    'pod-logs': await ask(example('pod-logs', { timeout: '60s' })),
    'pod-delete': await ask(example('pod-delete', { uid: created.data.pod.uid })),
    'command-cancel': await ask(example('command-cancel')),
    'pod-create.full': await ask(example('pod-create.full')),
  };
  const told = Object.fromEntries(
    Object.entries(answers).map(([name, event]) => [
      name,
      `${kind(event)} ${event.data.outcome ?? event.data.error.reason}`,
    ]),
  );
  console.log(JSON.stringify(told, null, 2));
  const text = events
    .filter((event) => event.causationid === `pod-logs-${run}` && kind(event) === 'chunk')
    .map((event) => event.data.text)
    .join('');
  assert.deepEqual(told, {
    'pod-create': 'succeeded created',
    'pod-get': 'succeeded reached',
    'pod-logs': 'succeeded streamed',
    'pod-delete': 'succeeded deleted',
    'command-cancel': 'rejected NO_SUCH_COMMAND',
    'pod-create.full': 'rejected POD_SECURITY',
  });
  assert.equal(text, 'done\n');
  await consumer.disconnect();
  await producer.disconnect();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
