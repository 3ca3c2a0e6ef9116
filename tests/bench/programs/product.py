"""The adapters of this project, with every call counted, on a table and a vendor named on the command line."""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import boto3
import requests
from investor_flows.config import AWS
from investor_flows.jquants import JQuantsClient
from investor_flows.store import RecordStore

from tests.local.aws_meter import AwsMeter

KEY = "local-key"


class CountingSession(requests.Session):
    """A session that counts its requests."""

    sent = 0

    def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:
        """Count, then send."""
        self.sent += 1
        return super().send(request, **options)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Product:
    """What the poll function builds when it is cold."""

    source: JQuantsClient
    store: RecordStore
    session: CountingSession
    client: Any
    meter: AwsMeter
    now: datetime


def product(vendor: str, table: str, now: str) -> Product:
    """Build it."""
    meter, session = AwsMeter(), CountingSession()
    client = boto3.client("dynamodb", config=AWS, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    meter.attach(client)
    source = JQuantsClient(vendor, lambda: KEY, "raw", session)
    return Product(source, RecordStore(client, table), session, client, meter, datetime.fromisoformat(now))
