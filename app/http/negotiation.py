"""Choose the format of a response by `?format=` or `Accept` (RFC 9110 section 12.5.1)."""

from functools import lru_cache

from fastapi import Request as FastAPIRequest
from werkzeug.datastructures import MIMEAccept

from app.formats import FORMATS, Format
from app.http.accept import CACHED_HEADERS, parse_weights
from app.http.messages import Request, Response, merge_headers
from app.http.problem_types import ProblemType
from app.http.problems import MEDIA_TYPE, HTTPProblem, problem_response

MEDIA_TYPES = tuple(dict.fromkeys(format_.media_type for format_ in FORMATS))


def choose_format(request: FastAPIRequest) -> Format:
    """Return the format that `?format=` names, or negotiate by `Accept`.

    Return the default for an invalid parameter, a 422 in the end, and for a client that accepts no format, a 406.
    """
    formats: tuple[Format, ...] = request.scope["endpoint"].response_policy.formats
    if requested := request.query_params.get("format"):
        return next((format_ for format_ in formats if format_.name == requested), formats[0])
    accept = merge_headers(request.scope["headers"]).get(b"accept")
    return preferred_format(accept, formats) or formats[0]


def negotiate(request: Request, response: Response) -> Response:
    """Replace a response in a format that the client does not accept by a 406."""
    formats = request.policy.formats
    # An unknown resource is a 404 whatever the client accepts.
    if response.status != 200 or not formats or request.has_parameter("format"):
        return response
    if not preferred_format(request.headers.get(b"accept"), formats):
        available = ", ".join(format_.media_type for format_ in formats)
        detail = f"This resource is not available in a media type that you accept. Available: {available}."
        response = problem_response(request, HTTPProblem(ProblemType.NOT_ACCEPTABLE, detail))
    return response.with_list_item(b"vary", b"Accept")


def preferred_format(accept: bytes | None, formats: tuple[Format, ...]) -> Format | None:
    """Return the format that the client prefers, or None if it accepts none of them."""
    by_media_type = {format_.media_type: format_ for format_ in reversed(formats)}  # the first, if two have the same
    return next((by_media_type[name] for name in accepted_media_types(accept) if name in by_media_type), None)


@lru_cache(CACHED_HEADERS)
def accepted_media_types(accept: bytes | None) -> tuple[str, ...]:
    """Return the media types of `FORMATS` that the client accepts, best first.

    With equal weights, the more specific media range wins, then the one listed first, then the order of `FORMATS`.
    """
    # A parameter such as charset selects nothing here. Generated clients name the type of problems and mean any type.
    items = [(name.partition(";")[0].lower(), weight) for name, weight in parse_weights(accept or b"", MIMEAccept)]
    others = [item for item in items if item[0] != MEDIA_TYPE]
    ranges = MIMEAccept(others or [("*/*", 1)])  # sorted: specific ranges first, then as listed
    positions = {media_type: ranges.find(media_type) for media_type in MEDIA_TYPES}
    accepted = [name for name, position in positions.items() if position >= 0 and ranges[position][1] > 0]
    return tuple(sorted(accepted, key=lambda name: (-ranges[positions[name]][1], positions[name])))
