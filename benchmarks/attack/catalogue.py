"""The attacks, in the order in which they run."""

from typing import Literal, NamedTuple

SLOWEST_MS = 300  # that a reader may wait during an attack
FLOOD_SLOWEST_MS = 1_000  # during a flood of connections
GROWTH_MB = 40  # of the memory of each worker
SHORT_ALLOWANCE = 4  # factor by which readers may wait longer with `--short`, on the busy machines of CI

Log = Literal["file", "unread pipe", "full disk", "dead reader"]


class Attack(NamedTuple):
    """An attack, and the circumstances in which it runs.

    `script` names its script if it is not `name`. `log` is what the server writes its log to. With `stops`,
    the server gets SIGTERM at the end, while the readers and the attacker go on. With `uses_tools`, an agent has
    used the tools before, so that their library is loaded, as in a server that has run for some time; it takes 28 MB.
    """

    name: str
    title: str
    slowest_ms: float = SLOWEST_MS
    growth_mb: float = GROWTH_MB
    script: str | None = None
    readers: int = 1  # of each kind
    pause_s: float = 0.02  # between the requests of a reader
    workers: int = 1
    log: Log = "file"
    large_sections: int = 0  # of another guide that is published, too; 2,500 have 5 MB of text
    stops: bool = False
    uses_tools: bool = False


_restart = Attack(
    "restart",
    "SIGTERM with 8 busy readers, and clients that do not read",
    FLOOD_SLOWEST_MS,  # connections close after each response, so all clients connect again and again
    script="unread_responses",
    readers=4,
    pause_s=0,
    stops=True,
)

ATTACKS = (
    Attack("repeated_headers", "5,000 header lines, half of them with the same name"),
    Attack("endless_trailers", "80 MB of trailers on one connection"),
    Attack("idle_connections", "1,000 idle connections from one address", FLOOD_SLOWEST_MS),
    Attack("half_sent_requests", "1,000 half-sent requests from one address", FLOOD_SLOWEST_MS),
    Attack("many_addresses", "1,000 idle, half-sent and uncached requests from 250 addresses", FLOOD_SLOWEST_MS),
    Attack("slow_headers", "300 requests sent byte by byte"),
    Attack("expensive_requests", "500 connections with 4 uncached requests each, then disconnect"),
    Attack("worst_query", "thirty short prefixes on the shipped guide"),
    Attack("worst_query_5_mb", "thirty short prefixes on a guide of 5 MB", script="worst_query", large_sections=2_500),
    Attack(
        "worst_query_50_mb", "thirty short prefixes on a guide of 50 MB", script="worst_query", large_sections=22_000
    ),
    Attack("long_accept", "`Accept`, `Accept-Encoding` and `If-None-Match` of 30 kB"),
    Attack("unread_log", "a log that nobody reads", script="busy_clients", log="unread pipe", stops=True),
    Attack("full_disk", "a log on a full disk", script="busy_clients", log="full disk", stops=True),
    Attack("dead_log_reader", "a log whose reader died", script="busy_clients", log="dead reader", stops=True),
    _restart,
    _restart._replace(name="restart_2_workers", title="the same with two workers", workers=2),
    Attack("huge_bodies", "GET with a body of 10 GB"),
    Attack("endless_chunks", "chunked bodies without end"),
    Attack("unread_responses", "300 connections with pipelined requests, no response read", FLOOD_SLOWEST_MS),
    Attack("unread_ranges", "480 connections with pipelined ranges of a file, no response read", FLOOD_SLOWEST_MS),
    Attack("unread_searches", "480 connections with searches that differ, no response read", FLOOD_SLOWEST_MS),
    Attack(
        "pipelined_requests",
        "10,000 requests at once on 20 connections, again and again, no response read",
        FLOOD_SLOWEST_MS,
    ),
    Attack("large_heads", "480 connections with pipelined heads of 30 kB, no response read", FLOOD_SLOWEST_MS),
    Attack("half_sent_heads", "1,000 half-sent heads of 30 kB from 250 addresses", FLOOD_SLOWEST_MS),
    Attack("complete_heads", "1,000 requests of 30 kB at once from 250 addresses", FLOOD_SLOWEST_MS),
    Attack("half_sent_messages", "500 messages of 256 KiB to `/mcp` without their last byte", FLOOD_SLOWEST_MS),
    Attack(
        "expensive_messages",
        "twenty quotations in each message to `/mcp`, on 50 connections",
        uses_tools=True,
    ),
    Attack("large_messages", "messages of 250 kB to `/mcp` on 30 connections", uses_tools=True),
    Attack("reconnecting", "480 connections at once, again and again", FLOOD_SLOWEST_MS),
    Attack("readiness", "`/health/ready` on 100 connections"),
    Attack("blank_lines", "64 kB of blank lines before a request"),
    Attack("http_2_request_line", "`HTTP/2.0` in a request line"),
    Attack("connection_churn", "connections reset after a request", FLOOD_SLOWEST_MS),
    Attack("unknown_slugs", "unknown slugs of 8 kB, for which similar ones are looked for"),
    Attack("random_bytes", "random bytes"),
)
