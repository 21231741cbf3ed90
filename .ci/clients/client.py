"""Sends the examples of commands with confluent-kafka and reads their answers: nothing here knows Podwire's code."""
import json
import pathlib
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition

BROKER, EXAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])
RUN = "py-" + uuid.uuid4().hex[:8]
TERMINAL = {"succeeded", "failed", "rejected", "duplicate"}
LIMIT_SECONDS = 90


def example(name, **data):
    """An example as a command of this run: its own id and pod, in the default namespace."""
    command = json.loads((EXAMPLES / f"{name}.json").read_text())
    command["id"] = f"{name}-{RUN}"
    target = command["data"].get("pod", command["data"])
    target["name"] = RUN
    target.pop("namespace", None)
    if "subject" in command:
        command["subject"] = f"default/{RUN}"
    target.update(data)
    return command


class Talk:
    def __init__(self):
        # librdkafka's own partitioner would part a pod from its commands of Java producers.
        self.producer = Producer({"bootstrap.servers": BROKER, "partitioner": "murmur2_random"})
        self.consumer = Consumer(
            {"bootstrap.servers": BROKER, "group.id": RUN, "isolation.level": "read_committed"}
        )
        partitions = self.consumer.list_topics("pod-events", 10).topics["pod-events"].partitions
        self.consumer.assign([TopicPartition("pod-events", p, 0) for p in partitions])
        self.events = []

    def ask(self, command):
        """Returns the one terminal event of the command."""
        self.producer.produce("pod-commands", key=f"default/{RUN}", value=json.dumps(command))
        self.producer.flush(10)
        deadline = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < deadline:
            record = self.consumer.poll(0.2)
            if record is None or record.error():
                continue
            event = json.loads(record.value())
            self.events.append(event)
            if event.get("causationid") == command["id"] and kind(event) in TERMINAL:
                headers = {name: value.decode() for name, value in record.headers()}
                assert headers["ce_id"] == event["id"] and headers["ce_type"] == event["type"]
                assert event["specversion"] == "1.0" and event["subject"] == f"default/{RUN}"
                return event
        sys.exit(f"no answer to {command['id']}")


def kind(event):
    return event["type"].split(".")[-2]


def word(data):
    return data["outcome"] if "outcome" in data else data["error"]["reason"]


def main():
    talk = Talk()
    created = talk.ask(example("pod-create"))
    uid = created["data"]["pod"]["uid"]
    answers = {
        "pod-create": created,
        # It says done and ends, so whether it was still to be seen ready is chance.
        "pod-get": talk.ask(example("pod-get", **{"await": {"state": "Finished", "timeout": "90s"}})),
        "pod-logs": talk.ask(example("pod-logs", timeout="60s")),
        "pod-delete": talk.ask(example("pod-delete", uid=uid)),
        "command-cancel": talk.ask(example("command-cancel")),
        "pod-create.full": talk.ask(example("pod-create.full")),
    }
    text = "".join(
        event["data"].get("text", "")
        for event in talk.events
        if event.get("causationid") == f"pod-logs-{RUN}" and event["type"].endswith("log.chunk.v1")
    )
    told = {name: f"{kind(event)} {word(event['data'])}" for name, event in answers.items()}
    print(json.dumps(told, indent=2))
    assert told == {
        "pod-create": "succeeded created",
        "pod-get": "succeeded reached",
        "pod-logs": "succeeded streamed",
        "pod-delete": "succeeded deleted",
        "command-cancel": "rejected NO_SUCH_COMMAND",
        "pod-create.full": "rejected POD_SECURITY",
    }, told
    assert text == "done\n", text


main()
