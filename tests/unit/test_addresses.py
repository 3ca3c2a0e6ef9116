"""Addresses that may be told a secret: https, or this machine."""

import pytest
from investor_flows.addresses import https
from investor_flows.errors import ConfigError

SECRET = "canary-7d1f"


@pytest.mark.parametrize(
    "url",
    [
        "https://api.jquants-pro.com",
        "HTTPS://API.JQUANTS-PRO.COM/x",
        "http://127.0.0.1:8901",
        "http://localhost/api/",
        "http://[::1]:80",
    ],
)
def test_https_and_this_machine_are_safe(url: str) -> None:
    assert https(url, "JQuantsBaseUrl") == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.jquants-pro.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "//127.0.0.1",
        "127.0.0.1:80",
        "https://",
        "http://[::1",
        "",
    ],
)
def test_any_other_address_is_refused_by_the_name_of_its_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="JQuantsBaseUrl must be an https URL"):
        https(url, "JQuantsBaseUrl")


def test_an_address_that_is_a_secret_is_not_shown() -> None:
    with pytest.raises(ConfigError) as raised:
        https(f"http://hooks.slack.com/services/{SECRET}", "the webhook")

    assert SECRET not in repr(raised.getrepr(chain=True))
