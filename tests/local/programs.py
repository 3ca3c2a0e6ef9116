"""A program that subscribes to the topic by a queue, as a user's own may. It shows the inbox the documents it gets.

python -m tests.local.programs --port 4569 --endpoint http://127.0.0.1:4566 --inbox http://127.0.0.1:4568
"""

import argparse
import json
import socket
import sys

import boto3
from botocore.config import Config

from tests.local.inbox.notices import show_document
from tests.local.toolchain import REGION

QUEUE = "programs"
WAIT_SECONDS = 20


def main(arguments: list[str]) -> None:
    """Take documents until the process is ended. The port is held to say that the program runs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    for name in ("endpoint", "inbox"):
        parser.add_argument(f"--{name}", required=True)
    told = parser.parse_args(arguments)
    sqs = boto3.client("sqs", endpoint_url=told.endpoint, region_name=REGION, config=Config(read_timeout=60))
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    with socket.create_server(("127.0.0.1", told.port)):
        while True:
            for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=WAIT_SECONDS).get("Messages", ()):
                show_document(told.inbox, json.loads(json.loads(message["Body"])["Message"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    main(sys.argv[1:])
