"""README's section on cost, from RESULTS.md: `python -m tests.bench.readme` after `make bench`."""

from tests.local.toolchain import ROOT

README = ROOT / "README.md"
RESULTS = ROOT / "tests" / "bench" / "RESULTS.md"
HEADING = "## A month in Tokyo"
BEGIN, END = "<!-- from tests/bench/RESULTS.md by `make cost` -->", "<!-- end -->"


def measured() -> str:
    """What RESULTS.md says of the month's cost."""
    return RESULTS.read_text().partition(HEADING)[2].strip()


def told() -> str:
    """What README says of it."""
    return README.read_text().partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    """Put it into README."""
    before, _, rest = README.read_text().partition(BEGIN)
    README.write_text(f"{before}{BEGIN}\n{measured()}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
