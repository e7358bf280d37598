"""Pagination of lists: limit, opaque cursor, and links to the other pages."""

import base64
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

MAX_LIMIT = 100  # items on a page


@dataclass(frozen=True)
class Paging:
    """The requested part of a list: `limit` items from `offset` on."""

    limit: int
    offset: int
    request: Request
    response: Response

    def page(self, schema: type[Page], items: Sequence[object], total: int, **fields: object) -> Page:
        """Build a page with its links, and set the `Link` header.

        `fields` are further fields of the schema. Raises InvalidInput if the cursor is past the end.
        """
        return schema(**self.fields(items, total, **fields))

    def fields(self, items: Sequence[object], total: int, **fields: object) -> dict[str, Any]:
        """Return the fields of a page in their order, and set the `Link` header.

        Raises InvalidInput if the cursor is past the end.
        """
        if self.offset and self.offset >= total:
            raise InvalidInput.unknown("cursor", str(self.request.query_params.get("cursor")), [])
        has_next = self.offset + self.limit < total
        next_url = self._url(self.offset + self.limit) if has_next else None
        previous_url = self._url(max(0, self.offset - self.limit)) if self.offset else None
        cursor = _cursor(self.offset + self.limit) if has_next else None
        return self._with_links(items, total, next_url, previous_url, cursor) | fields

    def page_since(self, schema: type[Page], items: Sequence[object], total: int, last: str) -> Page:
        """Build a page of what came after the parameter `since`; the next one comes after `last`."""
        next_url = self._url(0, without=("cursor", "since"), since=last) if len(items) < total else None
        return schema(**self._with_links(items, total, next_url, None, last))

    def _with_links(
        self, items: Sequence[object], total: int, next_url: str | None, previous_url: str | None, cursor: str | None
    ) -> dict[str, Any]:
        links = [(self.first_url, "first"), (previous_url, "prev"), (next_url, "next")]
        header = [self.response.headers.get("Link"), *(f'<{url}>; rel="{relation}"' for url, relation in links if url)]
        self.response.headers["Link"] = ", ".join(filter(None, header))
        return {
            "items": list(items),
            "total": total,
            "next": next_url,
            "previous": previous_url,
            "next_cursor": cursor,
        }

    @property
    def url(self) -> str:
        """URL of this page."""
        return self._url(self.offset)

    @property
    def first_url(self) -> str:
        """URL of the first page."""
        return self._url(0)

    @property
    def list_url(self) -> str:
        """URL of the list, without `limit` and `cursor`."""
        return self._url(0, without={"cursor", "limit"})

    def _url(self, offset: int, without: Collection[str] = ("cursor",), **more: str) -> str:
        query = [(name, value) for name, value in self.request.query_params.multi_items() if name not in without]
        query += more.items()
        if offset:
            query.append(("cursor", _cursor(offset)))
        url: str = self.request.app.state.urls.at(canonical_url(self.request.scope["path"], query))
        return url


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    try:
        offset = int(base64.urlsafe_b64decode(cursor + "=="))
    except ValueError:
        offset = 0
    if offset <= 0 or _cursor(offset) != cursor:
        raise InvalidInput.unknown("cursor", cursor, [])
    return offset


def whole_number(maximum: int, example: int) -> BeforeValidator:
    """Reject spellings that only Python reads as numbers, such as `1_0`, `+5` or `05`."""

    def require_digits(number: object) -> object:
        if isinstance(number, str) and not re.fullmatch("0|-?[1-9][0-9]{0,9}", number):
            raise ValueError(f"Write a whole number from 1 to {maximum} in digits, such as {example}")
        return number

    return BeforeValidator(require_digits)


async def _paging(
    request: Request,
    response: Response,
    limit: Annotated[
        int,
        Query(
            ge=1,
            le=MAX_LIMIT,
            description="Maximum number of items on a page.",
            examples=[DEFAULT_LIMIT],
        ),
        whole_number(MAX_LIMIT, DEFAULT_LIMIT),
    ] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z0-9_-]{1,12}$",
            description="The start of the page. Use only cursors from `next` or `previous`; others give 422.",
            examples=["MQ"],
        ),
    ] = None,
) -> Paging:
    return Paging(limit, _offset(cursor) if cursor else 0, request, response)


PagingDep = Annotated[Paging, Depends(_paging)]
