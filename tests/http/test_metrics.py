"""Metrics for Prometheus."""

import re
from collections import Counter
from pathlib import Path

import httpx

from app.http.problem_types import ProblemType
from app.metrics import BUCKETS_S, STATUSES
from tests.http.responses import problem
from tests.service import SAMPLE, seed, serving, serving_process

_sample = re.compile(r'(?P<name>[a-z_]+)(\{(?P<labels>([a-z]+="([^"\\\n]|\\.)*",?)*)\})? (?P<value>[0-9.e+-]+|\+Inf)')
_comment = re.compile(r"# (HELP [a-z_]+ \S.*|TYPE [a-z_]+ (counter|gauge|histogram))")


def metrics(client: httpx.Client) -> dict[str, float]:
    """Return the value of each sample by its name and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.text.endswith("\n")
    samples: dict[str, float] = {}
    for line in response.text.splitlines():
        if not _comment.fullmatch(line):
            sample = _sample.fullmatch(line)
            assert sample, line
            name, labels = sample["name"].removeprefix("treaty_guide_"), sample["labels"]
            assert f"{name}{{{labels}}}" not in samples
            samples[f"{name}{{{labels}}}" if labels else name] = float(sample["value"])
    return samples


def requests(samples: dict[str, float], route: str) -> dict[str, float]:
    """Return the number of requests of a route by status."""
    counted = re.compile(rf'http_requests_total{{route="{re.escape(route)}",status="(.+)"}}')
    return {match[1]: value for name, value in samples.items() if (match := counted.fullmatch(name))}


def test_requests_are_counted_by_route_and_status(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        for address in ("/v1/guides/treaty-of-nowhere", "/v1/guides/nowhere-and-the-sea", "/v1/guides/nope"):
            etag = client.get(address).headers.get("etag", "")
            client.get(address, headers={"If-None-Match": etag})
        client.get("/health/ready")
        client.head("/v1/guides")
        client.get(f"/v1/search?q={'x' * 9_000}")
        samples = metrics(client)
        assert requests(samples, "/v1/guides/{guide}") == {"200": 2, "304": 2, "404": 2}
        assert requests(samples, "/health/ready") == {"200": 1}
        assert requests(samples, "/v1/guides") == {"200": 1}
        assert requests(samples, "other") == {"414": 1}
        assert samples['http_cache_hits_total{route="/v1/guides/{guide}"}'] == 2
        assert requests(metrics(client), "/metrics") == {"200": 1}


def test_durations_are_a_histogram(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        for _ in range(5):
            client.get("/v1/guides")
        samples = metrics(client)
    name = "http_request_duration_seconds"
    bounds = [*map(str, BUCKETS_S), "+Inf"]
    counts = [samples[f'{name}_bucket{{route="/v1/guides",le="{bound}"}}'] for bound in bounds]
    assert counts == sorted(counts)
    assert counts[-1] == samples[f'{name}_count{{route="/v1/guides"}}'] == 5
    assert 0 < samples[f'{name}_sum{{route="/v1/guides"}}'] < 5 * 30


def test_the_store_is_described_and_a_refused_file_is_reported(store: Path) -> None:
    with serving(store) as client:
        samples = metrics(client)
        assert samples["store_refused"] == 1
        assert "guides" not in samples
        seed(store, SAMPLE)
        samples = metrics(client)
        assert (samples["store_refused"], samples["guides"]) == (0, 2)
        assert 0 <= samples["store_timestamp_seconds"] - samples["publication_timestamp_seconds"] < 3_600
        store.unlink()
        samples = metrics(client)
        assert (samples["store_refused"], samples["guides"]) == (1, 2)
        assert any(name.startswith("build_info{") for name in samples)


def test_no_client_can_make_new_series(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        for n in range(30):
            client.get(f"/{n}")
            client.get(f"/v1/guides/{n}?x={n}")
            client.request(f"M{n}", f"/v1/terms/{n}")
        series = Counter(name for name in metrics(client) if name.startswith("http_requests_total"))
    assert len(series) <= 4


def test_line_14_metrics_have_no_etag_and_are_not_stored(client: httpx.Client) -> None:
    response = client.get("/metrics")
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_metrics_can_be_turned_off(store: Path) -> None:
    with serving(store, metrics=False) as client:
        assert problem(client.get("/metrics")).status == 404
        assert "/metrics" not in client.get("/openapi.json").json()["paths"]


def test_all_workers_of_a_host_are_added_up(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store, "--workers", "2", "--no-access-log") as (client, _):
        client.timeout = 120  # two processes must start
        for _ in range(40):
            with httpx.Client(base_url=client.base_url, timeout=120) as other:
                assert other.get("/v1/guides").status_code == 200
        assert requests(metrics(client), "/v1/guides") == {"200": 40}


def test_every_status_of_a_problem_has_its_own_number() -> None:
    assert {type_.status for type_ in ProblemType} <= {*STATUSES}
