"""Fixtures of the integration level: the deployed table and topic, the functions at rest that they trigger; inbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import requests
from investor_flows.store import RecordStore

from tests.conftest import Deployed, wipe
from tests.local.inbox.server import Inbox

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]


@dataclass(frozen=True)
class Table:
    """The deployed table, as an operator with all rights sees it."""

    client: "DynamoDBClient"
    name: str

    def items(self) -> "list[Item]":
        """Everything in the table."""
        pages = self.client.get_paginator("scan").paginate(TableName=self.name, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]


@pytest.fixture(scope="session")
def dynamodb(deployed: Deployed) -> "DynamoDBClient":
    client: DynamoDBClient = deployed.stack.client("dynamodb")
    return client


@pytest.fixture(scope="module")
def functions_at_rest(deployed: Deployed) -> Iterator[None]:
    """Neither the table's stream nor the queue of Slack calls a function; both do again afterwards."""
    deployed.stack.trigger_functions(on=False)
    yield
    wipe(deployed.stack)
    deployed.stack.trigger_functions(on=True)


@pytest.fixture
def table(deployed: Deployed, dynamodb: "DynamoDBClient", functions_at_rest: None) -> Table:  # noqa: ARG001 - at rest
    """The table, emptied."""
    wipe(deployed.stack)
    return Table(dynamodb, deployed.stack.outputs["TableName"])


@pytest.fixture
def store(table: Table) -> RecordStore:
    """The store over the emptied table."""
    return RecordStore(table.client, table.name)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """What Slack and e-mail subscribers get, empty."""
    with Inbox() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session that is closed afterwards."""
    with requests.Session() as session:
        yield session
