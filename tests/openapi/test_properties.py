"""Schemathesis generates requests from the OpenAPI document and checks the responses.

It expects a success exactly where the schemas allow the request. No schema can predict which names exist or how long a
URL becomes, so those two errors are allowed.
"""

# Types are checked where Schemathesis is not installed, too.
# mypy: disable-error-code="import-not-found, untyped-decorator, unused-ignore"

from typing import Any

import httpx
import schemathesis
from hypothesis import settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from app.limits import MAX_URL_BYTES
from tests.contract import AGREED

EXAMPLES = 60  # for each operation, besides those that test every bound
ANNOUNCEMENT = "give 422"

document = schemathesis.openapi.from_path(AGREED)


@document.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)  # so that every run tests the same requests
def test_line_22_the_service_conforms_to_the_document(case: schemathesis.Case[Any], client: httpx.Client) -> None:
    response = case.call(base_url=str(client.base_url))
    excluded: list[schemathesis.CheckFunction] = []
    if response.status_code == 414:
        assert len(response.request.path_url) > MAX_URL_BYTES
        excluded = [positive_data_acceptance, negative_data_rejection]  # they do not count a 414 as a rejection
    elif response.status_code == 422 and is_announced(case, response):
        excluded = [positive_data_acceptance]
    case.validate_response(response, excluded_checks=excluded)


def is_announced(case: schemathesis.Case[Any], response: schemathesis.Response) -> bool:
    """Return whether the descriptions of all rejected parameters announce the error."""
    descriptions = {each.name: each.definition.get("description", "") for each in case.operation.iter_parameters()}
    return all(ANNOUNCEMENT in descriptions.get(error["parameter"], "") for error in response.json()["errors"])
