"""Puts the wire into boto3, requests and slack_sdk: below our own code and theirs, above the socket."""

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPMessage, RemoteDisconnected
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError
from urllib.parse import urlsplit

import boto3
import botocore.session
import requests
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HTTPHeaders
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from requests.adapters import HTTPAdapter

from tests.faults.wire import Trouble, Wire
from tests.local.inbox import slack_files, slack_web_api, slack_webhook

UNAVAILABLE = 503
NO_DELAY: Any = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
ONE_TRY = Config(retries={"total_max_attempts": 1})
"""Our own code meets each fault: boto3 repeats nothing."""

OPERATORS = "TopicArn=arn%3Aaws%3Asns%3Aap-northeast-1%3A000000000000%3Ainvestor-flows-OpsTopic"
"""What is published there is for operators, and no message to readers."""

SERVICES = {"dynamodb": "DynamoDB", "sns": "SNS", "sqs": "SQS", "ssm": "SSM"}


@contextmanager
def intercepted(wire: Wire) -> Iterator[None]:
    """Let every call of the functions pass the wire: new boto3 clients, new requests sessions, urllib's opener."""
    session = botocore.session.Session()
    http = URLLib3Session(socket_options=NO_DELAY)
    meet: Any = partial(_meet_aws, wire, http)
    session.register("before-send", meet)
    new_client = boto3.Session(botocore_session=session).client
    clients: dict[str, Any] = {}  # making one costs more than all its calls

    def client(service: Any, config: Config) -> Any:
        if service not in clients:
            clients[service] = new_client(service, config=config.merge(ONE_TRY))
        return clients[service]

    urllib.request.install_opener(_Opener(wire))
    try:
        with patch.object(boto3, "client", client), patch.object(requests, "Session", partial(_session, wire)):
            yield
    finally:
        urllib.request.install_opener(None)
        http.close()


class _Nothing(BytesIO):
    """An empty body, as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield b""


def _meet_aws(wire: Wire, http: URLLib3Session, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse:
    """Answer for botocore, which asks before it sends; what is raised here, it takes for what sending raised."""
    service, operation = event_name.split(".")[1:]
    trouble = Trouble(
        refuse=lambda: AWSResponse(request.url, UNAVAILABLE, HTTPHeaders(), _Nothing()),
        lost=lambda: ConnectionClosedError(endpoint_url=request.url),
        hung=lambda: ReadTimeoutError(endpoint_url=request.url),
        drop=lambda answer: answer.content,
    )
    told = "report" if OPERATORS in str(request.body) else operation
    return wire.meet(f"{SERVICES[service]} {told}", lambda: http.send(request), trouble)


def _session(wire: Wire) -> requests.Session:
    session = requests.sessions.Session()
    session.mount("http://", _Adapter(wire))
    return session


class _Adapter(HTTPAdapter):
    """Sends what requests has prepared: pages of J-Quants Pro, and posts to a webhook."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        kind = "Slack webhook" if request.path_url.startswith(slack_webhook.PATH) else "J-Quants page"
        trouble = Trouble(
            refuse=lambda: _unavailable(request),
            lost=requests.ConnectionError,
            hung=requests.ReadTimeout,
            drop=lambda answer: answer.close(),
        )
        return self._wire.meet(kind, lambda: super(_Adapter, self).send(request, *arguments, **options), trouble)


def _unavailable(request: requests.PreparedRequest) -> requests.Response:
    response = requests.Response()
    response.status_code, response.raw, response.url = UNAVAILABLE, BytesIO(), str(request.url)
    return response


class _Opener(urllib.request.OpenerDirector):
    """Sends what slack_sdk has prepared; anybody else's request passes uncounted."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire
        self._opener = urllib.request.build_opener()

    def open(self, fullurl: Any, data: Any = None, timeout: Any = None) -> Any:
        address = fullurl if isinstance(fullurl, str) else fullurl.full_url
        act = partial(self._opener.open, fullurl, data, timeout)
        kind = _slack_kind(urlsplit(address).path)
        if kind is None:
            return act()
        trouble = Trouble[Any](
            refuse=partial(_refuse, address),
            lost=lambda: RemoteDisconnected("no answer"),
            hung=TimeoutError,
            drop=lambda answer: answer.close(),
        )
        return self._wire.meet(kind, act, trouble)


def _slack_kind(path: str) -> str | None:
    if path.startswith(slack_files.PATH):
        return "Slack upload"
    return f"Slack {path.removeprefix(slack_web_api.PATH)}" if path.startswith(slack_web_api.PATH) else None


def _refuse(address: str) -> None:
    raise HTTPError(address, UNAVAILABLE, "Service Unavailable", HTTPMessage(), BytesIO())
