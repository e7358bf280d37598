"""Lists in pages: the limit, the opaque cursor, and the links to the pages beside this one."""

import base64
import binascii
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BeforeValidator

from app import schemas
from app.errors import InvalidInput
from app.urls import DEFAULT_LIMIT, canonical_url

Page = TypeVar("Page", bound=schemas.Page[Any])

GREATEST_LIMIT = 100


@dataclass(frozen=True)
class Paging:
    """Which part of a list is asked for: `limit` items from `offset` on."""

    limit: int
    offset: int
    request: Request
    response: Response

    def page(self, shape: type[Page], items: Sequence[object], total: int, **more: object) -> Page:
        """The page as a shape with its links, which the `Link` header has too, and with what `more` such pages have.

        A cursor past the end is an `InvalidInput`.
        """
        if self.offset and self.offset >= total:
            raise InvalidInput.unknown("cursor", str(self.request.query_params.get("cursor")), [])
        following = self._address(self.offset + self.limit) if self.offset + self.limit < total else None
        previous = self._address(max(0, self.offset - self.limit)) if self.offset else None
        links = [(self._address(0), "first"), (previous, "prev"), (following, "next")]
        self.response.headers["Link"] = ", ".join(f'<{to}>; rel="{relation}"' for to, relation in links if to)
        return shape(items=list(items), total=total, next=following, previous=previous, **more)

    @property
    def address(self) -> str:
        """Where this page answers."""
        return self._address(self.offset)

    @property
    def whole(self) -> str:
        """Where the list answers, whatever the pages it is asked for in."""
        return self._address(0, but={"cursor", "limit"})

    def _address(self, offset: int, but: Collection[str] = ("cursor",)) -> str:
        query = [(name, value) for name, value in self.request.query_params.multi_items() if name not in but]
        if offset:
            query.append(("cursor", _cursor(offset)))
        address: str = self.request.app.state.urls.at(canonical_url(self.request.url.path, query))
        return address


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    try:
        offset = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        offset = ""
    if not (offset.isascii() and offset.isdigit()) or _cursor(int(offset)) != cursor or int(offset) == 0:
        raise InvalidInput.unknown("cursor", cursor, [])
    return int(offset)


def _in_digits(number: object) -> object:
    """Refuse what Python reads as a number but no other client would write so, such as `1_0`, `+5` or `05`."""
    if isinstance(number, str) and not re.fullmatch("0|-?[1-9][0-9]{0,9}", number):
        raise ValueError(f"Write a whole number from 1 to {GREATEST_LIMIT} in digits, such as {DEFAULT_LIMIT}")
    return number


async def _paging(
    request: Request,
    response: Response,
    limit: Annotated[
        int,
        Query(ge=1, le=GREATEST_LIMIT, description="How many items a page has at most.", examples=[DEFAULT_LIMIT]),
        BeforeValidator(_in_digits),
    ] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z0-9_-]{1,12}$",
            description="Where the page begins, as `next` and `previous` give it. One that no page gave is a 422.",
            examples=["MQ"],
        ),
    ] = None,
) -> Paging:
    return Paging(limit, _offset(cursor) if cursor else 0, request, response)


PagingDep = Annotated[Paging, Depends(_paging)]
