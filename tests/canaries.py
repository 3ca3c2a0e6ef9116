"""Canaries: secrets with a word in them that is nowhere else, and the search for it in all that is left behind.

The search names places, never what stands there.
"""

import json
from collections.abc import Iterator
from typing import Any

from tests.local.inbox.server import Inbox
from tests.local.stack import STACK_NAME, Stack

WORD = "canary-7e1f"
KEY = f"{WORD}-key"
HOOK = f"T000/B000/{WORD}-hook"
TOKEN = f"xoxb-{WORD}-token"
HIDDEN_SECONDS = 60


def found_in_data(stack: Stack, inbox: Inbox, word: str = WORD) -> set[str]:
    """Where the word stands in the table, the queues, what AWS shows of the deployment, and messages to readers."""
    return {place for place, text in (*_data(stack), *_messages(inbox)) if word in text}


def found_in_logs(stack: Stack, word: str = WORD) -> set[str]:
    """Where the word stands in the logs of the emulator and of the functions."""
    return {place for place, text in _logs(stack) if word in text}


def _logs(stack: Stack) -> Iterator[tuple[str, str]]:
    yield "emulator's log", stack.process.log.read_text(errors="replace")
    logs = stack.client("logs")
    for group in _pages(logs, "describe_log_groups", "logGroups"):
        name = group["logGroupName"]
        for entry in _pages(logs, "filter_log_events", "events", logGroupName=name):
            yield f"log {name}", entry["message"]


def _data(stack: Stack) -> Iterator[tuple[str, str]]:
    dynamodb, functions = stack.client("dynamodb"), stack.client("lambda")
    for item in _pages(dynamodb, "scan", "Items", TableName=stack.outputs["TableName"]):
        yield "table", _text(item)
    for url in stack.client("sqs").list_queues().get("QueueUrls", ()):
        yield from ((f"queue {url.rpartition('/')[2]}", _text(letter)) for letter in _letters(stack, url))
    for function in _pages(functions, "list_functions", "Functions"):
        yield f"function {function['FunctionName']}", _text(function)
    for event in _pages(stack.client("cloudformation"), "describe_stack_events", "StackEvents", StackName=STACK_NAME):
        yield "events of the stack", _text(event)


def _letters(stack: Stack, url: str) -> Iterator[Any]:
    """Everything that can be seen in a queue; it is hidden for a while then, and emptied before the next test."""
    sqs = stack.client("sqs")
    told = {"MaxNumberOfMessages": 10, "VisibilityTimeout": HIDDEN_SECONDS, "MessageAttributeNames": ["All"]}
    while letters := sqs.receive_message(QueueUrl=url, **told).get("Messages"):
        yield from letters


def _messages(inbox: Inbox) -> Iterator[tuple[str, str]]:
    for message in inbox.messages:
        yield f"{message.form} to readers", _text(message.content)


def _pages(client: Any, operation: str, name: str, **told: Any) -> Iterator[Any]:
    for page in client.get_paginator(operation).paginate(**told):
        yield from page.get(name, ())


def _text(content: Any) -> str:
    return json.dumps(content, default=str, ensure_ascii=False)
