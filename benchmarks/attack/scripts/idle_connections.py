"""Open 1,000 idle connections: one address must not use up the connections of all."""

from benchmarks.attack.target import Target, repeat


async def attack(target: Target) -> None:
    """Connect and wait until the server closes the connection."""
    async with target.connected() as (reader, _):
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=1_000)
