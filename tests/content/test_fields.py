"""Each kind of fact is described once: the seed file and the response have the same fields."""

import pytest
from pydantic import BaseModel, TypeAdapter

from app import schemas
from app.content.corrections import Correction
from app.content.events import Event
from app.content.instruments import Article, InstrumentEntry, Member
from app.content.sources import Source
from app.content.terms import Term

KINDS: list[tuple[type[BaseModel], type[BaseModel]]] = [
    (InstrumentEntry, schemas.Instrument),
    (Member, schemas.Member),
    (Article, schemas.Article),
    (Event, schemas.Event),
    (Term, schemas.Term),
    (Source, schemas.Source),
    (Correction, schemas.Correction),
]


@pytest.mark.parametrize(("seed", "public"), KINDS, ids=lambda model: model.__qualname__)
def test_a_field_of_a_seed_file_is_in_the_response_as_described(seed: type[BaseModel], public: type[BaseModel]) -> None:
    replaced_by_links = {"sections", "sources", "members", "also_quotes"}
    for_redirects = {"formerly"}
    display_names = {InstrumentEntry: "short_name", Event: "event", Term: "term"}
    for name in seed.model_fields.keys() - replaced_by_links - for_redirects:
        public_name = "title" if name == display_names.get(seed) else name
        assert public.model_fields[public_name].description == seed.model_fields[name].description


@pytest.mark.parametrize("model", [seed for seed, _ in KINDS], ids=lambda model: model.__qualname__)
def test_every_field_has_a_description_and_an_example_that_validates(model: type[BaseModel]) -> None:
    for field in model.model_fields.values():
        assert field.description
        assert field.examples
        adapter: TypeAdapter[object] = TypeAdapter(field.rebuild_annotation())
        for example in field.examples:
            adapter.validate_python(example)


@pytest.mark.parametrize("model", [public for _, public in KINDS], ids=lambda model: model.__qualname__)
def test_a_response_has_all_fields_and_no_defaults(model: type[BaseModel]) -> None:
    schema = model.model_json_schema(mode="serialization")
    assert schema["required"] == list(schema["properties"])
    assert not any("default" in field for field in schema["properties"].values())
