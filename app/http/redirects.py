"""Redirect to another address of this service."""

import fastapi
from fastapi import FastAPI


class TemporaryRedirect(Exception):
    """What was asked for is at another URL for now (RFC 9110 section 15.4.8)."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def install_redirect_handler(app: FastAPI) -> None:
    """Register the handler that responds to a `TemporaryRedirect` with a 307."""

    async def redirect(request: fastapi.Request, error: Exception) -> fastapi.Response:
        return fastapi.Response(status_code=307, headers={"Location": str(error)})

    app.add_exception_handler(TemporaryRedirect, redirect)
