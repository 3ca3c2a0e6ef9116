"""What advisories say is told apart from their silence, and what is vulnerable is named with what mends it."""

from typing import Any

from tests.local.supply.advisories import findings, report

SOUND = {"name": "jinja2", "version": "3.1.6", "vulns": []}
UNKNOWN = {"name": "uv", "skip_reason": "not found"}
VULNERABLE: dict[str, Any] = {
    "name": "requests",
    "version": "2.0.0",
    "vulns": [{"id": "GHSA-1", "fix_versions": ["2.0.1"]}, {"id": "GHSA-2", "fix_versions": []}],
}


def test_a_vulnerable_package_is_named_with_its_advisories_and_what_mends_it() -> None:
    found = findings([SOUND, VULNERABLE, UNKNOWN])

    assert found.vulnerable == ("requests 2.0.0: GHSA-1 (mended in ['2.0.1']), GHSA-2 (mended in nothing yet)",)
    assert (found.sound, found.unknown, found.silence) == (1, ("uv",), "")
    assert report("shipped", found).splitlines() == [
        "advisories: shipped: 1 vulnerable, 1 not",
        f"  {found.vulnerable[0]}",
        "  not audited: uv",
    ]


def test_where_nothing_is_known_about_any_package_nothing_was_audited() -> None:
    found = findings([UNKNOWN, UNKNOWN])

    assert found.silence == "not found"
    assert "nothing was audited: not found" in report("shipped", found)


def test_what_is_sound_is_counted() -> None:
    assert report("shipped", findings([SOUND])) == "advisories: shipped: 0 vulnerable, 1 not"
