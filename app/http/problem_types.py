"""The problem types (RFC 9457). Each has a page at `/problems/<slug>`."""

from collections.abc import Sequence
from enum import Enum

RETRY_AFTER_S = 5  # seconds
RETRY_AFTER = ((b"retry-after", b"%d" % RETRY_AFTER_S),)


class ProblemType(Enum):
    """A kind of problem: its HTTP status, texts for readers, and headers of the response."""

    BAD_REQUEST = 400, "Bad request", "The request is not valid HTTP. Check how your client builds it."
    NOT_FOUND = (
        404,
        "Not found",
        "There is no resource at this address. Addresses are lower-case and, except `/`, do not end with a slash."
        " `did_you_mean` lists the addresses that you may mean or the closest existing names.",
    )
    WITHDRAWN = (
        410,
        "Withdrawn",
        "The guide at this address was withdrawn, with its facts and all of its revisions; `detail` says since when and"
        " why.",
    )
    METHOD_NOT_ALLOWED = (
        405,
        "Method not allowed",
        "The service is read-only: use GET, HEAD or OPTIONS; at /mcp, POST.",
    )
    NOT_ACCEPTABLE = (
        406,
        "Not acceptable",
        "The resource is not available in a format or encoding that Accept and Accept-Encoding allow; `detail` lists"
        " the available ones. Leave the header out to get the default.",
    )
    URI_TOO_LONG = 414, "Address too long", "The URL is longer than any address here."
    RANGE_NOT_SATISFIABLE = (
        416,
        "Range not satisfiable",
        "The file ends before the Range that you requested; Content-Range has its size. Leave the header out to get the"
        " whole file.",
    )
    INVALID_INPUT = (
        422,
        "Invalid input",
        "A parameter is unknown, missing, out of range, or names something that does not exist. `errors` lists each"
        " parameter and what is wrong with it; `did_you_mean` lists the closest existing names.",
    )
    HEADERS_TOO_LARGE = 431, "Headers too large", "The headers of the request are too large or too many."
    INTERNAL_ERROR = (
        500,
        "Internal error",
        "The service failed unexpectedly. The operators find the cause in their log by the X-Request-ID of this"
        " response.",
    )
    OVERLOADED = (
        503,
        "Overloaded",
        "The service has too many connections or too much to do, or your address uses too large a share. Try again"
        " after Retry-After seconds.",
        RETRY_AFTER,
    )
    STORE_UNAVAILABLE = (
        503,
        "Store unavailable",
        "The store of guides is missing, empty, damaged, or belongs to another version of the software, or the service"
        " is stopping. Try again later; operators find the reason at /health/ready.",
        RETRY_AFTER,
    )
    QUERY_TOO_EXPENSIVE = (
        503,
        "Query too expensive",
        "The query takes longer than one query may. Repeating it does not help: narrow it by longer words, fewer"
        " prefixes or a filter.",
    )
    HTTP_VERSION_NOT_SUPPORTED = (
        505,
        "HTTP version not supported",
        "The service speaks HTTP/1.1 and HTTP/1.0. A proxy in front of it may speak others.",
    )

    def __init__(self, status: int, title: str, explanation: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.slug = self.name.lower().replace("_", "-")
        self.status = status
        self.title = title
        self.explanation = explanation
        self.headers = headers
