"""The problem types (RFC 9457). Each has a page at `/problems/<name>`."""

from typing import NamedTuple


class ProblemType(NamedTuple):
    """A kind of problem: its name in URLs, its HTTP status, and texts for readers."""

    name: str
    status: int
    title: str
    explanation: str


BAD_REQUEST = ProblemType(
    "bad-request", 400, "Bad request", "The request is not valid HTTP. Check how your client builds it."
)
NOT_FOUND = ProblemType(
    "not-found",
    404,
    "Not found",
    "There is no resource at this address. Addresses are lower-case and, except `/`, do not end with a slash."
    " `did_you_mean` lists the closest existing names.",
)
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "Method not allowed", "The service is read-only: use GET, HEAD or OPTIONS."
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "Not acceptable",
    "The resource is not available in a format or encoding that Accept and Accept-Encoding allow; `detail` lists the"
    " available ones. Leave the header out to get the default.",
)
URI_TOO_LONG = ProblemType("uri-too-long", 414, "Address too long", "The URL is longer than any address here.")
INVALID_INPUT = ProblemType(
    "invalid-input",
    422,
    "Invalid input",
    "A parameter is unknown, missing, out of range, or names something that does not exist. `errors` lists each"
    " parameter and what is wrong with it; `did_you_mean` lists the closest existing names.",
)
HEADERS_TOO_LARGE = ProblemType(
    "headers-too-large", 431, "Headers too large", "The headers of the request are too large or too many."
)
INTERNAL_ERROR = ProblemType(
    "internal-error",
    500,
    "Internal error",
    "The service failed unexpectedly. The operators find the cause in their log by the X-Request-ID of this response.",
)
OVERLOADED = ProblemType(
    "overloaded",
    503,
    "Overloaded",
    "The service has too many connections or too much to do, or your address has too large a part of it. Try again"
    " after Retry-After seconds.",
)
STORE_UNAVAILABLE = ProblemType(
    "store-unavailable",
    503,
    "Store unavailable",
    "The store of guides is missing, empty, busy, or belongs to another version of the software. Try again later;"
    " operators find the reason at /health/ready.",
)
QUERY_TOO_EXPENSIVE = ProblemType(
    "query-too-expensive",
    503,
    "Query too expensive",
    "The query takes longer than one query may. Repeating it does not help: narrow it by longer words, fewer prefixes"
    " or a filter.",
)
HTTP_VERSION_NOT_SUPPORTED = ProblemType(
    "http-version-not-supported",
    505,
    "HTTP version not supported",
    "The service speaks HTTP/1.1 and HTTP/1.0. A proxy in front of it may speak others.",
)

PROBLEM_TYPES = {
    type_.name: type_
    for type_ in (
        BAD_REQUEST,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        URI_TOO_LONG,
        INVALID_INPUT,
        HEADERS_TOO_LARGE,
        INTERNAL_ERROR,
        OVERLOADED,
        STORE_UNAVAILABLE,
        QUERY_TOO_EXPENSIVE,
        HTTP_VERSION_NOT_SUPPORTED,
    )
}
