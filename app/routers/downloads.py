"""Downloads: a guide as files."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from app import schemas
from app.formats import CSV_TABLES, EPUB, FILE_FORMATS, JSON_LINES, SQLITE, FileName
from app.http.policies import ResponsePolicy
from app.http.ranges import ACCEPT_RANGES
from app.queries import downloads
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import RevisionDep, SessionDep

router = APIRouter(prefix="/v1/guides/{guide}/downloads", tags=["Downloads"], route_class=ContentRoute)

FORMATS = {format_.name: format_ for format_ in FILE_FORMATS}
DownloadName = Annotated[FileName, Path(description="The format of the file.", examples=[JSON_LINES.name])]


# How a file in each format begins, for the documentation.
STARTS = {JSON_LINES: '{"kind":"guide","item":…}', CSV_TABLES: "PK…", SQLITE: "SQLite format 3…", EPUB: "PK…"}


def _file(description: str, *headers: str) -> dict[str, Any]:
    """Describe a response with a file in any of the formats, or a part of it."""
    return {
        "description": description,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in (*headers, "Accept-Ranges")},
        "content": {
            format_.media_type: {"schema": {"type": "string", "format": "binary"}, "example": start}
            for format_, start in STARTS.items()
        },
    }


@router.get("", summary="List the downloads")
@ResponsePolicy(pinnable=True)
async def list_downloads(session: SessionDep, selected: RevisionDep, paging: PagingDep) -> schemas.DownloadPage:
    """List the guide as files to take home, each with its size and SHA-256.

    Most formats have both editions; of the others you get the `edition` that you ask for.
    """
    found = downloads.downloads(session, selected)
    return paging.page(schemas.DownloadPage, found[paging.offset :][: paging.limit], len(found))


@router.get(
    "/{download}",
    summary="Get a download",
    response_class=Response,
    responses={
        200: _file("The file, with a name for it in `Content-Disposition`.", "Content-Disposition"),
        206: _file("The part of the file that `Range` names.", "Content-Disposition", "Content-Range"),
    },
)
@ResponsePolicy(formats=(), pinnable=True)
async def get_download(
    session: SessionDep, selected: RevisionDep, response: Response, download: DownloadName
) -> Response:
    """Get the guide as a file, as it was when the revision was published.

    The file is not compressed on the way: `ETag` begins its SHA-256. With `Range`, such as `bytes=0-99`, you get a part
    of it; several ranges are ignored. A range after the end gives 416.
    """
    file = downloads.download(session, selected, FORMATS[download])
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers[ACCEPT_RANGES] = "bytes"
    return Response(file.content, media_type=file.media_type, headers=dict(response.headers))
