"""What DynamoDB may answer and an emulator never does: lost races of every kind, throttling, keys left unprocessed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from investor_flows.errors import Outrun
from investor_flows.items import vintage_item, vintage_item_key
from investor_flows.model import JST, Measure, Vintage
from investor_flows.progress import Progress
from investor_flows.store import RecordStore

from tests.unit.builders import a_record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
VINTAGES = [Vintage(a_record(measure=measure), NOW) for measure in Measure]


@pytest.fixture
def store(client: "DynamoDBClient", dynamodb: Stubber) -> RecordStore:  # noqa: ARG001 - answers for the client
    return RecordStore(client, "table")


def cancelled(dynamodb: Stubber, *codes: str) -> None:
    reasons = [{"Code": code} for code in codes]
    answer = {"CancellationReasons": reasons}
    dynamodb.add_client_error("transact_write_items", "TransactionCanceledException", modeled_fields=answer)


@pytest.mark.parametrize("code", ["ConditionalCheckFailed", "TransactionConflict"])
def test_a_transaction_that_another_one_beat_is_outrun(store: RecordStore, dynamodb: Stubber, code: str) -> None:
    cancelled(dynamodb, "None", code, "None")

    with pytest.raises(Outrun):
        store.add(Progress(), (), VINTAGES)


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded", "ValidationError"])
def test_a_transaction_that_fails_for_another_reason_is_not_outrun(
    store: RecordStore, dynamodb: Stubber, code: str
) -> None:
    cancelled(dynamodb, "None", code)

    with pytest.raises(ClientError, match="TransactionCanceled"):
        store.add(Progress(), (), VINTAGES)


@pytest.mark.parametrize("code", ["ThrottlingException", "TransactionInProgressException", "AccessDeniedException"])
def test_a_table_that_cannot_answer_is_an_error(store: RecordStore, dynamodb: Stubber, code: str) -> None:
    dynamodb.add_client_error("transact_write_items", code)

    with pytest.raises(ClientError, match=code):
        store.add(Progress(), (), VINTAGES)


def test_keys_that_were_left_unprocessed_are_asked_for_again(store: RecordStore, dynamodb: Stubber) -> None:
    first, second = (vintage.key for vintage in VINTAGES)
    rest: dict[str, Any] = {"table": {"Keys": [vintage_item_key(second)]}}
    for vintage, left in zip(VINTAGES, (rest, {}), strict=True):
        answer = {"Responses": {"table": [vintage_item(vintage)]}, "UnprocessedKeys": left}
        dynamodb.add_response("batch_get_item", answer)

    assert store.find([first, second]) == VINTAGES
