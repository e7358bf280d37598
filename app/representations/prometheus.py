"""Metrics in the text format of Prometheus.

See https://prometheus.io/docs/instrumenting/exposition_formats/.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from app.metrics import BUCKETS_S, RouteMetrics

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "treaty_guide_"

Sample = tuple[str, Mapping[str, str], float]  # what follows the metric's name, labels, value


def metric(name: str, kind: str, help_: str, samples: Iterable[Sample]) -> Iterator[str]:
    """Yield the lines of a metric; none without samples."""
    lines = [
        f"{PREFIX}{name}{suffix}{_labels(labels)} {value if value % 1 else int(value)}"
        for suffix, labels, value in samples
    ]
    if lines:
        yield f"# HELP {PREFIX}{name} {help_}"
        yield f"# TYPE {PREFIX}{name} {kind}"
        yield from lines


def gauge(name: str, help_: str, value: float, **labels: str) -> Iterator[str]:
    """Yield the lines of a metric with one value, which may fall."""
    return metric(name, "gauge", help_, [("", labels, value)])


def request_metrics(totals: Iterable[RouteMetrics]) -> Iterator[str]:
    """Yield the lines of the metrics of requests."""
    routes = [*totals]
    yield from metric(
        "http_requests_total",
        "counter",
        "Requests by route and status.",
        (
            ("", {"route": each.route, "status": status}, count)
            for each in routes
            for status, count in each.statuses.items()
        ),
    )
    yield from metric(
        "http_cache_hits_total",
        "counter",
        "Requests whose response was in the cache.",
        (("", {"route": each.route}, each.cache_hits) for each in routes if each.cache_hits),
    )
    yield from metric(
        "http_request_duration_seconds",
        "histogram",
        "Time from the request to the response, without waiting for slow clients.",
        (sample for each in routes for sample in _histogram(each)),
    )


def _histogram(route: RouteMetrics) -> Iterator[Sample]:
    labels = {"route": route.route}
    for bound, count in zip([*map(str, BUCKETS_S), "+Inf"], accumulate(route.buckets), strict=True):
        yield "_bucket", {**labels, "le": bound}, count
    yield "_sum", labels, round(route.seconds, 6)
    yield "_count", labels, sum(route.buckets)


def _labels(labels: Mapping[str, str]) -> str:
    pairs = (f'{name}="{_escape(value)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}" if labels else ""


def _escape(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
