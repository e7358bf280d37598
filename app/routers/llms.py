"""llms.txt: where language models start (https://llmstxt.org)."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.http.policies import ResponsePolicy
from app.queries import guides
from app.representations.llms import llms_txt
from app.routers.checked_route import CheckedRoute
from app.routers.pagination import MAX_LIMIT
from app.routers.parameters import SessionDep, URLsDep
from app.routers.service import describe_service

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


@router.get("/llms.txt")
@ResponsePolicy(formats=())
async def get_llms(session: SessionDep, urls: URLsDep, request: Request) -> PlainTextResponse:
    """Say what is here, where it is as Markdown, how to check a quotation, and which licences apply."""
    found, total = guides.guides(session, urls, MAX_LIMIT, 0)
    has_tools = request.app.state.has_tools
    return PlainTextResponse(llms_txt(describe_service(urls), found, total, urls, has_tools=has_tools))
