"""The commands that build and deploy: SAM CLI and the emulator's Python, each in an environment of its own."""

import fcntl
import hashlib
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.local.processes import StackError

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".local"
SAM = TOOLS / "sam" / "bin" / "sam"
EMULATOR_PYTHON = TOOLS / "emulator" / "bin" / "python"
DEVELOPMENT_BIN = TOOLS / "venv" / "bin"
BUILD = TOOLS / "build"
REGION = "ap-northeast-1"
ARCHITECTURE = "arm64" if platform.machine() in {"aarch64", "arm64"} else "x86_64"
AS_DEPLOYED = {"Architecture": ARCHITECTURE, "OpsEmail": "operators@example.com"}
"""Parameters of every local stack. The emulator sends no e-mail; it only logs it."""
SOURCES = ("template.yaml", "functions", "layers")


def aws_environment(endpoint: str = "") -> dict[str, str]:
    """An environment in which every AWS tool talks to the emulator and to nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    path = os.pathsep.join([str(DEVELOPMENT_BIN), os.environ["PATH"]])
    return kept | {
        "PATH": path,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "1",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def build() -> Path:
    """Run `sam build` unless the sources are as they were at the last build; return the built template."""
    stamp, digest, template = BUILD / "sources.sha256", _digest(), BUILD / "template.yaml"
    with (TOOLS / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests that run side by side share the build
        if not (stamp.exists() and stamp.read_text() == digest and template.exists()):
            print("sam build (about 20 s) ...", flush=True)
            run([SAM, "build", "--build-dir", BUILD, "--parameter-overrides", f"Architecture={ARCHITECTURE}"])
            stamp.write_text(digest)
    return template


def deploy(template: Path, endpoint: str, stack: str, parameters: Mapping[str, str]) -> None:
    """Run `sam deploy` against an emulator."""
    overrides = [f"{name}={value}" for name, value in {**AS_DEPLOYED, **parameters}.items()]
    command: list[str | Path] = [SAM, "deploy", "--template-file", template, "--stack-name", stack]
    settings: list[str | Path] = ["--config-file", ROOT / "samconfig.toml", "--config-env", "local", "--no-progressbar"]
    run([*command, *settings, "--parameter-overrides", *overrides], endpoint)


def run(command: Sequence[str | Path], endpoint: str = "") -> None:
    """Run a tool in the project's root; on failure raise StackError with what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=aws_environment(endpoint),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StackError(f"{Path(command[0]).name} {command[1]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def _digest() -> str:
    files = sorted(path for source in SOURCES for path in _files(ROOT / source))
    sums = (f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()


def _files(path: Path) -> list[Path]:
    skipped = {"__pycache__"}
    found = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return [each for each in found if not skipped & set(each.parts) and ".egg-info" not in str(each)]
