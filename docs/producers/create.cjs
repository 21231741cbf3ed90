// Creates a pod and waits for its one answer: node create.cjs localhost:19092 hello
const { randomUUID } = require('node:crypto');
const { CompressionCodecs, CompressionTypes, Kafka, Partitioners } = require('kafkajs');
const lz4 = require('lz4js');

// The worker compresses with LZ4, which kafkajs does not bring.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const [broker, name] = process.argv.slice(2);
const command = {
  specversion: '1.0',
  id: randomUUID(), // the same id again is the same command, and has no second effect
  source: '/docs/node',
  type: 'io.podwire.pod.create.v1',
  data: {
    pod: {
      name,
      image: 'busybox:1.36',
      command: ['sh', '-c', 'echo hi'],
      resources: { cpu: '50m', memory: '32Mi' },
    },
    await: { state: 'Finished', timeout: '2m' },
  },
};

async function main() {
  const kafka = new Kafka({ brokers: [broker] });
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets('pod-events');
  await admin.disconnect();

  // Its default is to hide aborted transactions.
  const consumer = kafka.consumer({ groupId: `docs-${command.id}` });
  await consumer.connect();
  await consumer.subscribe({ topic: 'pod-events' });
  const answered = new Promise((resolve, reject) => {
    consumer.run({
      eachMessage: async ({ message }) => {
        const event = JSON.parse(message.value.toString());
        if (event.causationid !== command.id) {
          return;
        }
        console.log(event.type);
        if (/^io\.podwire\.command\.(succeeded|duplicate)\.v1$/.test(event.type)) {
          resolve();
        }
        if (/^io\.podwire\.command\.(failed|rejected)\.v1$/.test(event.type)) {
          reject(new Error(event.data.error.message));
        }
      },
    });
  });
  ends.forEach(({ partition, high }) => consumer.seek({ topic: 'pod-events', partition, offset: high }));

  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({
    topic: 'pod-commands',
    messages: [{ key: `default/${name}`, value: JSON.stringify(command) }],
  });
  await producer.disconnect();
  try {
    await answered;
  } finally {
    await consumer.disconnect();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
