"""Slack's way of taking a file: ask for an address, send the bytes there, say that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from tests.local.inbox.mailbox import Mailbox
from tests.local.inbox.slack_message import SlackError
from tests.local.web.visit import Reply, Visit, text_reply

PATH = "/upload/v1/"


@dataclass(slots=True)
class _Upload:
    name: str
    length: int
    alt_text: str | None
    arrived: bool = False


class SlackFiles:
    """Uploads under way; the finished ones are in the mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.url = ""
        self._mailbox = mailbox
        self._uploads: dict[str, _Upload] = {}

    def upload_address(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Say where to send a file of the name and length told."""
        name, length = PurePath(str(told.get("filename") or "")).name, str(told.get("length") or "")
        if not name or not length.isdigit() or not int(length):
            raise SlackError("invalid_arguments", ["missing required field: filename, length"])
        file_id = f"F{uuid4().hex[:10].upper()}"
        self._uploads[file_id] = _Upload(name, int(length), told.get("alt_txt"))
        return {"upload_url": f"{self.url}{PATH}{file_id}", "file_id": file_id}

    def take(self, visit: Visit) -> Reply:
        """Take the bytes of a file."""
        file_id = visit.path.removeprefix(PATH)
        upload = self._uploads.get(file_id)
        if upload is None:
            return text_reply("not found", 404)
        if len(visit.body) != upload.length:
            return text_reply(f"{upload.length} bytes announced, {len(visit.body)} sent", 400)
        upload.arrived = True
        self._mailbox.add_file(f"{file_id}-{upload.name}", visit.body)
        return text_reply(f"OK - {upload.length}")

    def finish(self, told: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Finish the uploads told; each must have arrived."""
        files = told.get("files")
        if not isinstance(files, list) or not files:
            raise SlackError("invalid_arguments", ["missing required field: files"])
        return [self._finished(file) for file in files]

    def _finished(self, file: Mapping[str, Any]) -> dict[str, Any]:
        upload = self._uploads.get(str(file.get("id")))
        if upload is None or not upload.arrived:
            raise SlackError("file_not_found")
        stored = f"{file['id']}-{upload.name}"
        described = {"alt_txt": upload.alt_text} if upload.alt_text else {}
        return {
            "id": file["id"],
            "name": upload.name,
            "title": file.get("title") or upload.name,
            "size": upload.length,
            "stored_as": stored,
            "url_private": f"{self.url}/files/{stored}",
            **described,
        }
