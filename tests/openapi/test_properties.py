"""Property-based tests: Schemathesis generates valid and invalid requests from the OpenAPI document.

The service must accept what the schemas allow and reject everything else. Exceptions: schemas cannot express which
names exist, nor how long a URL becomes.
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
ANNOUNCED = "give 422"

document = schemathesis.openapi.from_path(AGREED)


@document.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)  # so that CI finds today what it found yesterday
def test_line_22_the_service_is_as_the_document_says(case: schemathesis.Case[Any], client: httpx.Client) -> None:
    answer = case.call(base_url=str(client.base_url))
    excluded: list[schemathesis.CheckFunction] = []
    if answer.status_code == 414:
        assert len(answer.request.path_url) > MAX_URL_BYTES
        excluded = [positive_data_acceptance, negative_data_rejection]  # to which a 414 is no rejection
    elif answer.status_code == 422 and is_announced(case, answer):
        excluded = [positive_data_acceptance]
    case.validate_response(answer, excluded_checks=excluded)


def is_announced(case: schemathesis.Case[Any], answer: schemathesis.Response) -> bool:
    """Return whether the description of each rejected parameter announces the rejection."""
    described = {each.name: each.definition.get("description", "") for each in case.operation.iter_parameters()}
    return all(ANNOUNCED in described.get(error["parameter"], "") for error in answer.json()["errors"])
