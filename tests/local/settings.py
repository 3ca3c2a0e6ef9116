"""Settings of the local stack, from the environment: whose J-Quants Pro, whose Slack, which ports and folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.local.surroundings import KEY, RunningInbox, SimulatedVendor
from tests.local.toolchain import ROOT

API_KEY_PARAMETER = "/investor-flows/jquants-api-key"
WEBHOOK_PARAMETER = "/investor-flows/slack-webhook"
BOT_TOKEN_PARAMETER = "/investor-flows/slack-bot-token"
DEFAULT_PORT = 4566


@dataclass(frozen=True)
class Settings:
    """What `make up` was asked for."""

    folder: Path
    port: int
    environment: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the environment; a port that was chosen once is kept until another is asked for."""
        folder = ROOT / (environment.get("LOCAL_STATE") or ".local") / "up"
        kept = folder / "port.json"
        known = json.loads(kept.read_text()) if kept.exists() else DEFAULT_PORT
        port = int(environment.get("LOCAL_PORT") or known)
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(port))
        return cls(folder, port, environment)

    def get(self, name: str, default: str = "") -> str:
        """One setting; empty is as good as not set."""
        return self.environment.get(name) or default

    @property
    def vendor(self) -> SimulatedVendor:
        """The simulated vendor's place, one port above the emulator."""
        return SimulatedVendor(self.folder, self.port + 1)

    @property
    def inbox(self) -> RunningInbox:
        """The inbox's place, two ports above the emulator."""
        return RunningInbox(self.folder, self.port + 2)

    @property
    def simulates_vendor(self) -> bool:
        """Whether nobody named a J-Quants Pro of their own."""
        return not (self.get("JQUANTS_API_KEY") or self.get("JQUANTS_BASE_URL"))

    @property
    def secrets(self) -> dict[str, str]:
        """The SecureStrings, by name."""
        slack = (
            {BOT_TOKEN_PARAMETER: self.get("SLACK_BOT_TOKEN")}
            if self.get("SLACK_BOT_TOKEN")
            else {WEBHOOK_PARAMETER: self.get("SLACK_WEBHOOK_URL", self.inbox.webhook)}
        )
        return {API_KEY_PARAMETER: self.get("JQUANTS_API_KEY", KEY), **slack}

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the template. What is not set keeps the template's default."""
        off = self.get("SCHEDULES").lower() == "off"
        asked = {
            "JQuantsBaseUrl": self.vendor.url if self.simulates_vendor else self.get("JQUANTS_BASE_URL"),
            "JQuantsAuthScheme": self.get("JQUANTS_AUTH_SCHEME"),
            "SlackBotTokenParameter": BOT_TOKEN_PARAMETER if self.get("SLACK_BOT_TOKEN") else "",
            "SlackWebhookParameter": "" if self.get("SLACK_BOT_TOKEN") else WEBHOOK_PARAMETER,
            "SlackChannel": self.get("SLACK_CHANNEL"),
            "SlackApiUrl": self.get("SLACK_API_URL"),
            "MessageLanguage": self.get("MESSAGE_LANGUAGE"),
            "ScheduleState": "DISABLED" if off else "ENABLED",
        }
        return {name: value for name, value in asked.items() if value}
