"""The OpenAPI 3.1 document, which FastAPI derives from the routes and this completes."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from app import __version__, schemas
from app.http.checks import OPERATORS_PATHS
from app.http.policies import CONTENT_CACHING, ResponsePolicy
from app.http.problem_types import RETRY_AFTER_S, ProblemType
from app.http.problems import MEDIA_TYPE
from app.routers.checked_route import CheckedRoute
from app.routers.introduction import ANYWHERE, TAGS, introduction
from app.schemas.enumerations import explain

REDIRECTING = {"as_of", "digest"}  # parameters that may lead to another address

_LIMIT_MESSAGE = "Input should be less than or equal to 100."


def _header(description: str, example: str | int, **schema: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string", **schema, "examples": [example]}}


HEADERS = {
    "X-Request-ID": _header(
        "The id of this request: yours, if you sent a valid X-Request-ID; otherwise a new one.",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    ),
    "Link": _header(
        "The `canonical` URL of this resource; for a list also the `first`, `prev` and `next` page (RFC 8288). With"
        " `revision` also the `latest-version`, `predecessor-version` and `version-history` (RFC 5829).",
        '</v1/topics?limit=5&cursor=NQ>; rel="next"',
    ),
    "ETag": _header(
        "The validator of this body. Send it in If-None-Match to get a 304 if nothing changed.",
        '"0a1b2c3d4e5f60718293a4b5c6d7e8f9"',
    ),
    "Cache-Control": _header(
        "How long caches may keep the response; a year if `revision` pins it (RFC 9111).", CONTENT_CACHING.decode()
    ),
    "Content-Encoding": _header(
        "The compression of the body, if Accept-Encoding allows one and the body is not short.",
        "br",
        enum=["zstd", "br", "gzip"],
    ),
    "Vary": _header("The request headers that selected this representation.", "Accept, Accept-Encoding"),
    "Content-Language": _header("The language of the guide, as a BCP 47 tag.", "en"),
    "Content-Revision": _header("The revision that was read, if the response belongs to one guide.", schemas.REVISION),
    "Memento-Datetime": _header(
        "When the revision was published, if `revision` pins the response (RFC 7089).", "Sun, 22 Nov 2026 09:30:00 GMT"
    ),
    "Location": _header(
        "The URL of what you asked for.",
        f"{schemas.GUIDE_URL}/passages/joint-training-exercises.2",
    ),
    "Content-Disposition": _header(
        "A name for the file.", f'attachment; filename="{schemas.GUIDE}-{schemas.REVISION}.db"'
    ),
    "Accept-Ranges": _header("You can request a part of the file with Range (RFC 9110).", "bytes"),
    "Content-Range": _header("Which bytes of the file these are, and its size.", "bytes 0-99/974429"),
    "Retry-After": _header(
        "Seconds to wait before you try again; only with status 503.", RETRY_AFTER_S, type="integer"
    ),
}
_STANDARD_HEADERS = ("X-Request-ID", "Cache-Control")
_CACHE_HEADERS = ("ETag", "Vary", "Link")  # on every response that may be cached, and on 304


router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get("/openapi.json")
@ResponsePolicy(formats=())
async def get_openapi_document(request: Request) -> JSONResponse:
    """Return the OpenAPI document, which is built at the first request."""
    app = request.app
    app.openapi_schema = app.openapi_schema or document(app)
    return JSONResponse(app.openapi_schema)


def document(app: FastAPI) -> dict[str, Any]:
    """Build the OpenAPI document."""
    contract: dict[str, Any] = get_openapi(
        title="Treaty guide",
        version=__version__,
        summary="Guides to treaties, by section, by topic, by passage.",
        description=introduction(app.state.urls.public_url),
        routes=app.routes,
        tags=TAGS,
        servers=[{"url": app.state.urls.public_url or "/", "description": "This service."}],
        license_info={"name": "MIT", "identifier": "MIT"},
        contact={"name": "The editors of the treaty guide"},
    )
    contract["security"] = []  # linters require it, although the API is open
    components = contract.setdefault("components", {})
    components["schemas"] = {
        name: schema
        for name, schema in {**components.get("schemas", {}), **_problem_schemas()}.items()
        if name not in {"HTTPValidationError", "ValidationError"}
    }
    components["headers"] = HEADERS
    components["responses"] = {
        "307": {
            "description": "Temporary redirect. What you asked for is at the URL in Location.",
            "headers": _headers(*_STANDARD_HEADERS, "Location"),
        },
        "304": {
            "description": "Not modified. Your copy, whose ETag you sent in If-None-Match, is up to date.",
            "headers": _headers(*_STANDARD_HEADERS, *_CACHE_HEADERS),
        },
        "404": _problem(ProblemType.NOT_FOUND, "There is no guide “us-japan” here.", did_you_mean=[schemas.GUIDE]),
        "416": _problem(
            ProblemType.RANGE_NOT_SATISFIABLE, "The file has 974429 bytes, and none of them is in this range."
        ),
        "422": _problem(
            ProblemType.INVALID_INPUT,
            f"limit: {_LIMIT_MESSAGE}",
            errors=[{"parameter": "limit", "message": _LIMIT_MESSAGE}],
        ),
        "default": {
            **_problem(ProblemType.OVERLOADED, ProblemType.OVERLOADED.explanation, "Retry-After"),
            "description": f"Any address may return {', '.join(map(str, ANYWHERE))}; see the introduction.",
        },
    }
    for schema in components["schemas"].values():
        for field in schema.get("properties", {}).values():
            _explain_values(field, field)
    for path, operations in contract["paths"].items():
        for operation in operations.values():
            _complete(path, operation, components["schemas"])
    return contract


def _complete(path: str, operation: dict[str, Any], schemas_by_name: dict[str, Any]) -> None:
    """Add to an operation the headers, statuses and examples that all operations have."""
    parameters = operation.get("parameters", [])
    # FastAPI lists a route's own parameters first; readers expect the order of the path.
    parameters.sort(key=lambda parameter: path.find(f"{{{parameter['name']}}}") % (len(path) + 1))
    for parameter in parameters:
        # Swagger UI fills in a parameter's `example` and ignores its schema's `examples`.
        if parameter["required"]:
            parameter["example"] = parameter["schema"]["examples"][0]
        # An optional query parameter can be left out, but it cannot be null.
        if "anyOf" in parameter["schema"]:
            schema, _ = parameter["schema"].pop("anyOf")
            parameter["schema"] |= schema
        _explain_values(parameter, parameter["schema"])
    success = operation["responses"]["200"]
    if success["description"] == "Successful Response":
        success["description"] = operation["description"]
    success["headers"] = success.get("headers", {}) | _headers(*_STANDARD_HEADERS, "Content-Encoding", "Vary", "Link")
    for content in success["content"].values():
        if "$ref" in content.get("schema", {}):
            content["example"] = _example(content["schema"], schemas_by_name)
            if "items" in content["example"] and "total" in content["example"]:  # a page with one item
                content["example"] |= {"total": 1, "next": None, "previous": None}
    if any(parameter["name"] in REDIRECTING for parameter in parameters):
        operation["responses"]["307"] = {"$ref": "#/components/responses/307"}
    is_pinnable = any(each["in"] == "query" and each["name"] == "revision" for each in parameters)
    if "{guide}" in path or is_pinnable:
        success["headers"] |= _headers("Content-Language", "Content-Revision")
    if is_pinnable:
        success["headers"] |= _headers("Memento-Datetime")
    statuses = ["404", "422", "default"] if "{" in path else ["422", "default"]
    if path not in OPERATORS_PATHS:  # which are never cached
        success["headers"] |= _headers("ETag")
        statuses.insert(0, "304")
    if partial := operation["responses"].get("206"):
        partial["headers"] |= _headers(*_STANDARD_HEADERS, "ETag", "Link", "Content-Language", "Content-Revision")
        statuses.append("416")
    for status in statuses:
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}


def _explain_values(described: dict[str, Any], schema: dict[str, Any]) -> None:
    """Append an explanation of every value of an enumeration to a description."""
    if explanations := explain(schema.get("enum", ())):
        described["description"] += f"\n\n{explanations}"


def _example(schema: dict[str, Any], schemas_by_name: dict[str, Any]) -> Any:
    """Compose an example of a schema from the examples of its fields; a list has one item."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return _example(schemas_by_name[schema["$ref"].rpartition("/")[2]], schemas_by_name)
    if "items" in schema:
        return [_example(schema["items"], schemas_by_name)]
    return {name: _example(field, schemas_by_name) for name, field in schema["properties"].items()}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem(type_: ProblemType, detail: str, *headers: str, **members: Any) -> dict[str, Any]:
    """Describe a problem response, with an example that has these members."""
    example: dict[str, Any] = {
        "type": f"/problems/{type_.slug}",
        "title": type_.title,
        "status": type_.status,
        "detail": detail,
        "instance": "/v1/guides/us-japan" if type_ is ProblemType.NOT_FOUND else "/v1/guides",
        "errors": None,
        "did_you_mean": None,
    }
    return {
        "description": f"{type_.title}. {type_.explanation}",
        "headers": _headers(*_STANDARD_HEADERS, "Content-Encoding", "Vary", *headers),
        "content": {
            MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": {**example, **members}}
        },
    }


def _problem_schemas() -> dict[str, Any]:
    """Return the schemas of a problem, which FastAPI omits because no route returns one."""
    schema = schemas.Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
