"""Addresses of every kind, on the shipped guide."""

from app.limits import MAX_URL_BYTES
from tests.service import GUIDE

SECTION = f"/v1/guides/{GUIDE}/sections/history"
PASSAGE = f"/v1/guides/{GUIDE}/passages/history.1"
LIST = f"/v1/guides/{GUIDE}/sections?limit=5"
CONTENT = [
    "/",
    "/v1/guides",
    f"/v1/guides/{GUIDE}",
    f"/v1/guides/{GUIDE}/revisions",
    f"/v1/guides/{GUIDE}/changes",
    LIST,
    SECTION,
    PASSAGE,
    "/v1/changes",
    "/v1/topics",
    "/v1/topics/history-and-origins",
    "/v1/topics/history-and-origins/sections",
]
OTHERS = [
    f"/v1/guides/{GUIDE}/source",
    "/docs",
    "/docs/assets/swagger-ui-bundle.js",
    "/docs/assets/LICENSE",
    "/docs/assets/favicon-32x32.png",
    "/openapi.json",
    "/.well-known/api-catalog",
    "/problems/not-found",
]
HEALTH = ["/health/live", "/health/ready"]
PROBLEMS = {
    "/nope": 404,
    "/v1/guides/": 404,
    "/v1/guides?limit=0": 422,
    f"/v1/guides/{GUIDE}/sections/histroy": 404,
    "/" + "a" * MAX_URL_BYTES: 414,
}
SEA = "/v1/guides/nowhere-and-the-sea"  # a sample guide
