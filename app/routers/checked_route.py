"""Routes that reject unknown query parameters, and close what their dependencies open."""

from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

from fastapi import Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from app.errors import InvalidInput, shorten

MAX_ERRORS = 5  # parameters that a problem lists


class CheckedRoute(APIRoute):
    """A route that rejects unknown and repeated query parameters, which FastAPI ignores.

    It does so before its dependencies are called; as one of them, the check would take ten times as long.

    Dependencies enter contexts in `request.state.exit_stack`. It is closed before the response is sent, so that slow
    clients do not hold a connection to the store.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return a handler that checks the parameters first, and closes the exit stack."""
        handle = super().get_route_handler()

        async def checked_handle(request: Request) -> Response:
            _reject_unknown_parameters(request)
            with ExitStack() as request.state.exit_stack:
                return await handle(request)

        return checked_handle


def _reject_unknown_parameters(request: Request) -> None:
    """Raise InvalidInput for unknown and repeated query parameters, which FastAPI ignores."""
    if not (names := [name for name, _ in request.query_params.multi_items()]):
        return
    known = _query_parameters(request.scope["route"])
    invalid = [name for name in dict.fromkeys(names) if name not in known or names.count(name) > 1]
    if not invalid:
        return
    unknown = f"This address has no such parameter. It has: {', '.join(sorted(known)) or 'none'}."
    repeated = "This parameter is repeated; use it once."
    errors = [(shorten(name), repeated if name in known else unknown) for name in invalid[:MAX_ERRORS]]
    sentences = [f"{name}: {message}" for name, message in errors]
    if len(invalid) > MAX_ERRORS:
        sentences.append(f"{len(invalid) - MAX_ERRORS} more parameters are invalid.")
    raise InvalidInput("; ".join(sentences), errors)


_parameters_by_route: dict[str, frozenset[str]] = {}


def _query_parameters(route: Any) -> frozenset[str]:
    """Return the names of a route's query parameters, cached, because FastAPI is slow."""
    if route.unique_id not in _parameters_by_route:
        fields = get_flat_params(route.dependant)
        parameters = frozenset(field.alias for field in fields if isinstance(field.field_info, params.Query))
        _parameters_by_route[route.unique_id] = parameters
    return _parameters_by_route[route.unique_id]
