"""Settings of the local stack, from the environment: whose J-Quants Pro, whose Slack, which ports and folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.local.processes import Process, free_ports, port_taken
from tests.local.surroundings import KEY, RunningInbox, RunningProgram, SimulatedVendor
from tests.local.toolchain import ROOT

API_KEY_PARAMETER = "/investor-flows/jquants-api-key"
SLACK_PARAMETER = "/investor-flows/slack"
DEFAULT_PORT = 4566


@dataclass(frozen=True)
class Settings:
    """What `make up` was asked for. Ports that were chosen once are kept until they are taken by somebody else."""

    folder: Path
    port: int
    vendor: SimulatedVendor
    inbox: RunningInbox
    program: RunningProgram
    environment: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the environment, and the ports that an earlier command chose."""
        folder = ROOT / (environment.get("LOCAL_STATE") or ".local") / "up"
        kept = folder / "ports.json"
        known = json.loads(kept.read_text()) if kept.exists() else {}
        port = int(environment.get("LOCAL_PORT") or known.get("emulator") or DEFAULT_PORT)
        vendor = SimulatedVendor(folder, _free(Process("vendor", folder), known.get("vendor") or port + 1))
        inbox = RunningInbox(folder, _free(Process("inbox", folder), known.get("inbox") or port + 2))
        program = RunningProgram(folder, _free(Process("programs", folder), known.get("program") or port + 3))
        folder.mkdir(parents=True, exist_ok=True)
        ports = {"emulator": port, "vendor": vendor.port, "inbox": inbox.port, "program": program.port}
        kept.write_text(json.dumps(ports))
        return cls(folder, port, vendor, inbox, program, environment)

    def get(self, name: str, default: str = "") -> str:
        """One setting; empty is as good as not set."""
        return self.environment.get(name) or default

    @property
    def simulates_vendor(self) -> bool:
        """Whether nobody named a J-Quants Pro of their own."""
        return not (self.get("JQUANTS_API_KEY") or self.get("JQUANTS_BASE_URL"))

    @property
    def secrets(self) -> dict[str, str]:
        """The SecureStrings, by name."""
        return {API_KEY_PARAMETER: self.get("JQUANTS_API_KEY", KEY), SLACK_PARAMETER: self.slack_channels}

    @property
    def slack_channels(self) -> str:
        """A list of channels, a bot's channel, or a webhook."""
        if self.get("SLACK_BOT_TOKEN"):
            bot = {"name": "bot", "token": self.get("SLACK_BOT_TOKEN"), "channel": self.get("SLACK_CHANNEL")}
            return json.dumps([bot])
        return self.get("SLACK_CHANNELS") or self.get("SLACK_WEBHOOK_URL", self.inbox.webhook)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the template. What is not set keeps the template's default."""
        off = self.get("SCHEDULES").lower() == "off"
        asked = {
            "JQuantsBaseUrl": self.vendor.url if self.simulates_vendor else self.get("JQUANTS_BASE_URL"),
            "JQuantsAuthScheme": self.get("JQUANTS_AUTH_SCHEME"),
            "SlackChannelsParameter": SLACK_PARAMETER,
            "SlackApiUrl": self.get("SLACK_API_URL"),
            "MessageLanguage": self.get("MESSAGE_LANGUAGE"),
            "ScheduleState": "DISABLED" if off else "ENABLED",
        }
        return {name: value for name, value in asked.items() if value}


def _free(process: Process, port: int) -> int:
    """Keep the port where it is ours or free."""
    return free_ports(1)[0] if port_taken(port) and process.pid is None else port
