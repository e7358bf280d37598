"""The address of the service on its own machine."""

import pytest

from app.server.running import local_url
from app.settings import Settings


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("fe80::1%eth0", "http://[fe80::1]:8000"),
    ],
)
def test_a_client_on_this_machine_can_use_the_local_url(host: str, url: str) -> None:
    assert local_url(host, 8000) == url
    assert Settings(local_url=url).local_url == url
