"""Limits on the number of connections, in all and from one client address."""

from collections import defaultdict
from collections.abc import Collection
from ipaddress import ip_address, ip_network
from typing import Protocol

IPV6_PREFIX_BITS = 64  # a subscriber has at least this much of the address space for herself


class Connection(Protocol):
    """A connection as its limits see it."""

    address: str
    waiting_since: float

    @property
    def is_waiting(self) -> bool:
        """Return whether the next step is the client's: to send a request or to read a response."""

    def abort(self) -> None:
        """Close the connection at once."""


class ConnectionLimits:
    """Make room for new connections by closing those that have waited longest for their clients.

    Connections that are still too many are in excess: they should get a 503. So a client that opens connections
    without using them, or that does not read its responses, takes nothing from others.
    """

    def __init__(self, total: int, per_address: int) -> None:
        self.total = total
        self.per_address = per_address or total  # 0 is no limit
        self._open: set[Connection] = set()
        self._open_by_address: defaultdict[str, set[Connection]] = defaultdict(set)

    def add(self, connection: Connection) -> None:
        """Count a new connection and make room for it."""
        peers = self._open_by_address[connection.address]
        self._open.add(connection)
        peers.add(connection)
        self._make_room(connection, peers, self.per_address)
        self._make_room(connection, self._open, self.total)

    def remove(self, connection: Connection) -> None:
        """Count a connection no longer; it may have been removed before."""
        peers = self._open_by_address[connection.address]
        self._open.discard(connection)
        peers.discard(connection)
        if not peers:
            del self._open_by_address[connection.address]

    def excess(self, connection: Connection) -> float:
        """Return how full the service is for a connection: over 1, the connection is in excess."""
        peers = self._open_by_address[connection.address]
        return max(len(self._open) / self.total, len(peers) / self.per_address)

    def _make_room(self, new: Connection, connections: Collection[Connection], limit: int) -> None:
        if len(connections) <= limit:
            return
        waiting = sorted((c for c in connections if c.is_waiting and c is not new), key=lambda c: c.waiting_since)
        for connection in waiting[: max(1, limit // 50)]:  # several, since finding them takes time
            connection.abort()
            self.remove(connection)


def client_address(host: str) -> str:
    """Return the key of the limit per address: an IPv4 address or an IPv6 network."""
    if ":" not in host:
        return host
    address = ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or ip_network((address, IPV6_PREFIX_BITS), strict=False))
