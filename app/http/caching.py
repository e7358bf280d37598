"""`Cache-Control` and `ETag`."""

import hashlib

from app.http.messages import Request, Response
from app.http.policies import NO_STORE, PINNED

ETAG_LENGTH = 32  # hex digits of the SHA-256 of the body: 128 bits


def set_cache_control(request: Request, response: Response) -> Response:
    """Set `Cache-Control` by the route's policy; only a 200 and a redirect may be stored."""
    policy = request.policy
    if response.status == 204:
        return response
    is_pinned = policy.pinnable and request.has_parameter("revision")
    if response.status == 308:
        return response.with_header(b"cache-control", policy.cache_control)
    value = PINNED if is_pinned else policy.cache_control
    return response.with_header(b"cache-control", value if response.status == 200 else NO_STORE)


def add_etag(request: Request, response: Response) -> Response:
    """Add a strong ETag to a 200 that may be stored (RFC 9110 section 8.8.3).

    The tag depends on the body alone, so it is the same in every worker and after a restart.
    """
    if response.status != 200 or response.header(b"cache-control") == NO_STORE:
        return response
    digest = hashlib.sha256(response.body).hexdigest()[:ETAG_LENGTH]
    return response.with_header(b"etag", f'"{digest}"'.encode())
