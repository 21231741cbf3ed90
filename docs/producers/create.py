"""Creates a pod and waits for its one answer: python create.py localhost:19092 hello"""
import json
import sys
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition

broker, name = sys.argv[1:]
command = {
    "specversion": "1.0",
    "id": str(uuid.uuid4()),  # the same id again is the same command, and has no second effect
    "source": "/docs/python",
    "type": "io.podwire.pod.create.v1",
    "data": {
        "pod": {
            "name": name,
            "image": "busybox:1.36",
            "command": ["sh", "-c", "echo hi"],
            "resources": {"cpu": "50m", "memory": "32Mi"},
        },
        "await": {"state": "Finished", "timeout": "2m"},
    },
}

# Events are read from where they end now; those of aborted transactions are nobody's business.
consumer = Consumer({"bootstrap.servers": broker, "group.id": "docs", "isolation.level": "read_committed"})
partitions = [TopicPartition("pod-events", n) for n in consumer.list_topics("pod-events", 10).topics["pod-events"].partitions]
for partition in partitions:
    partition.offset = consumer.get_watermark_offsets(partition, 10)[1]
consumer.assign(partitions)

# librdkafka's own partitioner puts a pod elsewhere than Java's.
producer = Producer({"bootstrap.servers": broker, "partitioner": "murmur2_random"})
producer.produce("pod-commands", key=f"default/{name}", value=json.dumps(command))
if producer.flush(30) > 0:
    sys.exit("the broker did not take the command")

while True:
    record = consumer.poll(60)
    if record is None:
        sys.exit("no event for a minute")
    if record.error():
        sys.exit(str(record.error()))
    event = json.loads(record.value())
    if event.get("causationid") == command["id"]:
        print(event["type"])
        if event["type"] in ("io.podwire.command.succeeded.v1", "io.podwire.command.duplicate.v1"):
            break
        if event["type"] in ("io.podwire.command.failed.v1", "io.podwire.command.rejected.v1"):
            sys.exit(event["data"]["error"]["message"])
