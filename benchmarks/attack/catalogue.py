"""The attacks, in the order in which they run."""

from typing import Literal, NamedTuple

SLOWEST_MS = 300  # that a reader may wait during an attack
FLOOD_SLOWEST_MS = 1_000  # during a flood of connections

Log = Literal["file", "unread pipe", "full disk", "dead reader"]


class Attack(NamedTuple):
    """A script, and the circumstances in which it runs.

    `log` is what the server writes its log to. With `stops`, the server gets SIGTERM at the end, while the readers
    and the attacker go on.
    """

    name: str
    title: str
    script: str
    slowest_ms: float = SLOWEST_MS
    readers: int = 1  # of each kind
    pause_s: float = 0.02  # between the requests of a reader
    log: Log = "file"
    large_guide: bool = False
    stops: bool = False


ATTACKS = (
    Attack("headers", "5,000 header names, one of them repeated", "repeated_headers"),
    Attack("trailers", "80 MB of trailers on one connection", "endless_trailers"),
    Attack("idle", "1,000 idle connections", "idle_connections", FLOOD_SLOWEST_MS),
    Attack("half-sent", "1,000 half-sent requests", "half_sent_requests", FLOOD_SLOWEST_MS),
    Attack("many-addresses", "1,000 of both from 250 addresses", "many_addresses", FLOOD_SLOWEST_MS),
    Attack("slow-headers", "300 requests sent byte by byte", "slow_headers"),
    Attack("expensive", "500 connections with 4 uncached requests each, then disconnect", "expensive_requests"),
    Attack("worst-query", "thirty short prefixes on the shipped guide", "worst_query"),
    Attack("worst-query-5mb", "thirty short prefixes on a guide of 5 MB", "worst_query", large_guide=True),
    Attack("long-accept", "`Accept` and other headers of 30 kB", "long_accept"),
    Attack("unread-log", "a log that nobody reads", "busy_clients", log="unread pipe", stops=True),
    Attack("full-log", "a log on a full disk", "busy_clients", log="full disk", stops=True),
    Attack("dead-log", "a log whose reader died", "busy_clients", log="dead reader", stops=True),
    Attack(
        "restart",
        "SIGTERM with 8 busy clients and others that do not read",
        "unread_responses",
        readers=4,
        pause_s=0,
        stops=True,
    ),
    Attack("bodies", "GET with a body of 10 GB", "huge_bodies"),
    Attack("chunks", "chunked bodies without end", "endless_chunks"),
    Attack("pipelining", "thousands of pipelined requests, no response read", "unread_responses"),
    Attack("blank-lines", "64 kB of blank lines before a request", "blank_lines"),
    Attack("http-2", "`HTTP/2.0` in a request line", "http_2_request_line"),
    Attack("churn", "connections reset after a request", "connection_churn", FLOOD_SLOWEST_MS),
    Attack("slugs", "long unknown slugs", "unknown_slugs"),
    Attack("random-bytes", "random bytes", "random_bytes"),
)
