"""The OpenAPI document held against the service, by a tester that makes up requests from it, right and wrong ones.

It expects that whatever the schemas admit is answered, and nothing else. Schemas cannot know which names exist, nor how
long an address becomes: these refusals alone are left out.
"""

# Types are checked where Schemathesis is not installed, too.
# mypy: disable-error-code="import-not-found, untyped-decorator, unused-ignore"

from typing import Any

import httpx
import schemathesis
from hypothesis import settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from app.http.checks import MAX_URL_BYTES
from tests.contract import AGREED

EXAMPLES = 60  # for each operation, beside those that try out every bound
FORETOLD = "is a 422"

document = schemathesis.openapi.from_path(AGREED)


@document.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)  # so that CI finds today what it found yesterday
def test_line_22_the_service_is_as_the_document_says(case: schemathesis.Case[Any], client: httpx.Client) -> None:
    answer = case.call(base_url=str(client.base_url))
    excluded: list[schemathesis.CheckFunction] = []
    if answer.status_code == 414:
        assert len(answer.request.path_url) > MAX_URL_BYTES
        excluded = [positive_data_acceptance, negative_data_rejection]  # to which a 414 is no rejection
    elif answer.status_code == 422 and is_foretold(case, answer):
        excluded = [positive_data_acceptance]
    case.validate_response(answer, excluded_checks=excluded)


def is_foretold(case: schemathesis.Case[Any], answer: schemathesis.Response) -> bool:
    """Whether the description of each parameter that is refused announces it."""
    described = {each.name: each.definition.get("description", "") for each in case.operation.iter_parameters()}
    return all(FORETOLD in described.get(error["parameter"], "") for error in answer.json()["errors"])
