"""Refuse foreign host names, so that no web page reaches a service on this machine by DNS rebinding."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_own_host(host: str, public_url: str, listening: tuple[str, int] | None) -> bool:
    """Return whether a `Host` header names the public URL, the address that received the request, or loopback.

    The port makes no difference, since a proxy or a container may change it.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if name == "localhost" or (public_url and name == urlsplit(public_url).hostname):
            return True
        address = ip_address(name)
        return address.is_loopback or bool(listening and address == ip_address(listening[0].partition("%")[0]))
    except ValueError:  # a name, or the path of a Unix socket
        return False
