"""The user's own file of added endpoints: one entry changes, the others stay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.catalogue_added import add_entry, added_file, entry_text
from studio.config.catalogue_entry import read_model
from studio.config.toml_file import Source, parse
from studio.config.toml_table import Table
from studio.domain.errors import ProjectError


def entry(endpoint: str, title: str = "Mine") -> dict[str, object]:
    return {
        "id": endpoint,
        "title": title,
        "kind": "text-to-image",
        "schema": "2026-11-20",
        "price": {"unit": "image", "amount": Decimal("0.0125"), "as_of": "2026-11-20", "extras": [{"says": "More."}]},
        "param": [
            {"name": "prompt", "type": "string", "required": True, "role": "prompt", "about": 'He said "go\\on".'},
            {"name": "learning_rate", "type": "number", "min": Decimal("1E-7"), "default": Decimal("0.00009")},
            {"name": "loras", "type": "array", "fields": {"path": {"type": "string", "required": True}}},
        ],
    }


def test_an_added_endpoint_is_in_the_catalogue_with_everything_that_was_read() -> None:
    add_entry(entry("me/mine"))
    model = load_catalogue().model("me/mine")
    assert model is not None and model.price.amount == Decimal("0.0125")
    prompt, rate, loras = model.params
    assert prompt.about == 'He said "go\\on".'
    assert (rate.min, rate.default) == (Decimal("1E-7"), 0.00009)
    assert loras.fields == {"path": {"type": "string", "required": True}}


def test_adding_again_replaces_that_entry_and_leaves_what_the_artist_wrote() -> None:
    add_entry(entry("me/one"))
    add_entry(entry("me/two"))
    path = added_file()
    path.write_text(
        path.read_text(encoding="utf-8").replace('id = "me/two"', 'id = "me/two"  # mine!'), encoding="utf-8"
    )
    add_entry(entry("me/one", "One again"))
    text = path.read_text(encoding="utf-8")
    assert text.count('id = "me/one"') == 1 and "# mine!" in text
    assert text.startswith("# Endpoints added with")
    catalogue = load_catalogue()
    assert not catalogue.problems
    titles = [model.title for name in ("me/one", "me/two") if (model := catalogue.model(name))]
    assert titles == ["One again", "Mine"]


def test_a_file_that_is_broken_is_told_and_not_touched() -> None:
    path = added_file()
    path.parent.mkdir(parents=True)
    path.write_text("[[model]]\nid = \n", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"added\.toml"):
        add_entry(entry("me/mine"))
    assert path.read_text(encoding="utf-8") == "[[model]]\nid = \n"


def test_what_is_no_model_is_not_written() -> None:
    with pytest.raises(ProjectError):
        add_entry({**entry("me/mine"), "kind": "riddle"})
    assert not added_file().exists()


def test_the_text_of_an_entry_reads_back_as_the_same_model() -> None:
    text = entry_text(entry("me/mine"))
    source = Source("text", text)
    again = read_model(Table(source, parse(source)).tables("model")[0])
    assert again == read_model(Table(Source("values", ""), entry("me/mine")))
