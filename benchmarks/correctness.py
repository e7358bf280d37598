"""Check every response over 300 connections for 30 s, in every content coding."""

import statistics
from collections import Counter

from benchmarks.addresses import every_address
from benchmarks.connections import Response, answers, durations, request, run_load

CONNECTIONS, SECONDS = 300, 30
CODINGS = ("identity", "gzip", "br", "zstd")
RIGHT = "right"


async def responses_are_correct(server: str) -> bool:
    """Return whether all responses are as expected, with several on each connection."""
    addresses = every_address(server)
    known = await answers(
        server, [request(address, accept_encoding=coding) for address in addresses for coding in CODINGS]
    )

    def judge(asked: bytes, answer: Response) -> str:
        if answer.status == 200 and answer == known[asked]:
            return RIGHT
        return f"{answer.status} with {len(answer.body)} bytes, not the answer that is known, for {asked!r}"

    told = await run_load(server, list(known), CONNECTIONS, SECONDS, judge)
    issues = Counter(exchange.verdict for connection in told for exchange in connection if exchange.verdict != RIGHT)
    taken, fewest = durations(told), min(map(len, told))
    print(
        f"{CONNECTIONS} connections for {SECONDS} s over {len(addresses)} addresses in {len(CODINGS)} codings:"
        f" {len(taken) / SECONDS:.0f} answers/s, {fewest} at the least on a connection,"
        f" median {statistics.median(taken):.2f} s, slowest {taken[-1]:.2f} s; {issues.total()} errors"
    )
    for fault, count in issues.most_common(10):
        print(f"  {count} times: {fault}")
    return not issues and fewest > 1
