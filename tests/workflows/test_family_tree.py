"""Takes that were made from others form trees."""

from __future__ import annotations

from studio.domain.take import Take
from studio.workflows.family_tree import Families


def take(name: str, parent: str = "", created: float = 0.0) -> Take:
    return Take(name, name, "running", f"takes/{name}.png", 1, 1, created, "e", None, "", parent=parent)


TAKES = [
    take("a", created=1),
    take("b", "a", 2),
    take("c", "b", 3),
    take("d", "a", 4),
    take("e", created=5),
    take("f", "gone", 6),
    take("g", "f", 7),
]


def drawn(families: Families, name: str) -> list[str]:
    return [f"{member.branch}{member.take.id}" for member in families.family(name)]


def test_a_family_is_drawn_from_its_root_whoever_of_it_is_asked_about() -> None:
    families = Families(TAKES)
    wanted = ["a", "├─ b", "│  └─ c", "└─ d"]
    assert all(drawn(families, name) == wanted for name in "abcd")
    assert drawn(families, "e") == ["e"] and drawn(families, "nobody") == []


def test_one_whose_parent_is_gone_is_a_root_that_remembers_it() -> None:
    family = Families(TAKES).family("g")
    assert [(member.take.id, member.depth, member.lost_parent) for member in family] == [("f", 0, "gone"), ("g", 1, "")]


def test_only_families_of_more_than_one_are_listed() -> None:
    assert [family[0].take.id for family in Families(reversed(TAKES)).all()] == ["a", "f"]


def test_parents_and_children_are_found_both_ways() -> None:
    families = Families(TAKES)
    assert [child.id for child in families.children(TAKES[0])] == ["b", "d"]
    assert families.parent(TAKES[2]) == TAKES[1] and families.parent(TAKES[0]) is None


def test_a_long_chain_and_a_ring_do_no_harm() -> None:
    chain = [take(str(n), str(n - 1) if n else "", n) for n in range(3_000)]
    assert [member.depth for member in Families(chain).family("5")] == list(range(3_000))
    ring = [take("x", "y", 1), take("y", "x", 2), take("z", "z", 3)]
    assert {member.take.id for member in Families(ring).family("x")} == {"x", "y"}
    assert drawn(Families(ring), "z") == ["z"]
