"""Check every response over 300 connections for 30 s, in every content coding."""

import statistics
from collections import Counter

from benchmarks.addresses import every_address
from benchmarks.connections import Response, durations, fetch_all, request, run_load

CONNECTIONS, SECONDS = 300, 30
CODINGS = ("identity", "gzip", "br", "zstd")
CORRECT = "correct"


async def responses_are_correct(server: str) -> bool:
    """Return whether all responses are as expected, with several on each connection."""
    addresses = every_address(server)
    expected = await fetch_all(
        server, [request(address, accept_encoding=coding) for address in addresses for coding in CODINGS]
    )

    def judge(request: bytes, response: Response) -> str:
        if response.status == 200 and response == expected[request]:
            return CORRECT
        return f"unexpected {response.status} with {len(response.body)} bytes for {request!r}"

    connections = await run_load(server, list(expected), CONNECTIONS, SECONDS, judge)
    verdicts = Counter(exchange.verdict for exchanges in connections for exchange in exchanges)
    count, times, fewest = verdicts.pop(CORRECT, 0), durations(connections), min(map(len, connections))
    print(
        f"{CONNECTIONS} connections for {SECONDS} s over {len(addresses)} addresses in {len(CODINGS)} codings:"
        f" {count / SECONDS:.0f} responses/s, at least {fewest} on each connection,"
        f" median {statistics.median(times):.2f} s, slowest {times[-1]:.2f} s; {verdicts.total()} errors"
    )
    for error, occurrences in verdicts.most_common(10):
        print(f"  {occurrences} times: {error}")
    return not verdicts and fewest > 1
