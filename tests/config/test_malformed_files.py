"""What an artist reads when a project file is broken: file, line, key, what is expected; and the file is untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.project import load_project
from studio.domain.errors import ProjectError

GOOD = 'name = "Glitch"\ndescription = "A girl."\n'

CHARACTER = [
    pytest.param('name = "G\ndescription = "x"\n', 1, "name", "closing quote|control characters", id="open quote"),
    pytest.param('name = "G"\ndescription =\n', 2, "description", "expected a value", id="no value"),
    pytest.param('name = "G"\ndescription "x"\n', 2, "", "expected = after the key", id="no equals sign"),
    pytest.param('name = "G"\nname = "H"\n', 2, "name", "already there", id="twice"),
    pytest.param('name = "G"\n', 1, "description", "missing", id="missing"),
    pytest.param('name = 5\ndescription = "x"\n', 1, "name", "a text in quotes, found the number 5", id="number"),
    pytest.param('name = "  "\ndescription = "x"\n', 1, "name", "not empty", id="blank"),
    pytest.param(GOOD + 'stile = "x"\n', 3, "stile", "did you mean style", id="unknown key"),
    pytest.param(GOOD + "heads = 12\n", 3, "heads", "from 2.5 to 9", id="too tall"),
    pytest.param(GOOD + 'heads = "five"\n', 3, "heads", "a number, found the text 'five'", id="heads in words"),
    pytest.param(GOOD + "heads = nan\n", 3, "heads", "a number", id="not a number"),
    pytest.param(GOOD + 'build = "atletic"\n', 3, "build", "did you mean athletic", id="build"),
    pytest.param(GOOD + "style = true\n", 3, "style", "found true", id="boolean"),
    pytest.param(GOOD + 'palette = "#FF1493"\n', 3, "palette", "list of tables", id="palette as text"),
    pytest.param(
        GOOD + 'palette = [\n  { name = "a", hex = "#111111", on = "b" },\n  { name = "c", hex = "pink" },\n]\n',
        *(5, "palette 2, key hex", "a colour such as #FF1493"),
        id="colour",
    ),
    pytest.param(GOOD + 'palette = [{ colour = "x" }]\n', 3, "palette 1, key colour", "no such key", id="colour key"),
    pytest.param(GOOD + 'template = "{who} {pose}"\n', 3, "template", "no field {who}", id="template"),
    pytest.param(GOOD + '[[reference]]\npath = "/etc/passwd"\n', 4, "reference 1, key path", "inside", id="absolute"),
    pytest.param(GOOD + '[[reference]]\npath = "a/../../b"\n', 4, "reference 1, key path", "inside", id="outside"),
    pytest.param(GOOD + '[[lora]]\npath = "x"\nscale = 9\n', 5, "lora 1, key scale", "from -4 to 4", id="lora scale"),
    pytest.param(GOOD + '[lora]\npath = "x"\n', 3, "lora", "list of tables", id="single brackets"),
    pytest.param(GOOD + "setting = 2024-01-01\n", 3, "setting", "found a date", id="date"),
    pytest.param(GOOD + f"heads = {'9' * 5000}\n", 3, "", "smaller number", id="endless number"),
    pytest.param(GOOD + f"palette = {'[' * 9000}{']' * 9000}\n", 1, "", "fewer brackets", id="nested"),
    pytest.param("", 1, "name", "missing", id="empty file"),
]

POSES = [
    pytest.param('[[pose]]\nname = "run"\n', 1, "pose 1, key text", "missing", id="no text"),
    pytest.param(
        '[[pose]]\nname = "a"\ntext = ""\n[[pose]]\ntext = "x"\n', 4, "pose 2, key name", "missing", id="no name"
    ),
    pytest.param(
        '[[pose]]\nname = "Big Run"\ntext = "x"\n\n[[pose]]\nname = "big-run"\ntext = "y"\n',
        *(6, "pose 2, key name", "pose 1 is called 'Big Run' too"),
        id="same name",
    ),
    pytest.param('[pose]\nname = "a"\ntext = "b"\n', 1, "pose", "a list of tables", id="single brackets"),
    pytest.param(
        '[[pose]]\nname = "a"\ntext = "b"\nticked = "yes"\n', 4, "pose 1, key ticked", "true or false", id="tick"
    ),
    pytest.param('[[pose]]\nname = "a"\ntext = "b"\ntiked = true\n', 4, "tiked", "did you mean ticked", id="typo"),
    pytest.param('[[poses]]\nname = "a"\n', 1, "poses", "did you mean pose", id="wrong table"),
    pytest.param('[[pose]]\nname = "a"\ntext = "b"\nseed = -1\n', 4, "seed", "from 0 to 2147483647", id="seed"),
    pytest.param('[[pose]]\nname = "a"\ntext = "b"\nskeleton = 5\n', 4, "skeleton", "table", id="skeleton number"),
    pytest.param(
        '[[pose]]\nname = "a"\ntext = "b"\n[pose.skeleton]\nlean = 5\n[pose.skeleton.left_arm]\nlift = "up"\n',
        *(7, "skeleton.left_arm.lift", "number"),
        id="skeleton angle",
    ),
]

SETTINGS = [
    pytest.param("takes = 0\n", 1, "takes", "from 1 to 100", id="no takes"),
    pytest.param("takes = 1.5\n", 1, "takes", "a whole number", id="half a take"),
    pytest.param('seed = "old"\n', 1, "seed", '"new", "next", a whole number', id="seed"),
    pytest.param("\n\nconcurrency = 99\n", 3, "concurrency", "from 1 to 40", id="concurrency"),
    pytest.param('graphics = "kity"\n', 1, "graphics", "did you mean kitty", id="graphics"),
    pytest.param("[budget]\nday = -1\n", 2, "budget.day", "at least 0", id="negative budget"),
    pytest.param('[budget]\nday = "much"\n', 2, "budget.day", "an amount in USD", id="budget in words"),
    pytest.param("[budget]\nweek = 1\n", 2, "budget.week", "no such key", id="weekly budget"),
    pytest.param('[values]\n"fal-ai/x" = 5\n', 2, "values.fal-ai/x", "a table", id="values"),
    pytest.param('fal_key = "secret"\n', 1, "fal_key", "no such key", id="a key in the project"),
]


@pytest.mark.parametrize(
    ("name", "text", "line", "key", "expected"),
    [
        pytest.param(name, *case.values, id=f"{name}: {case.id}")
        for name, cases in (("character.toml", CHARACTER), ("poses.toml", POSES), ("studio.toml", SETTINGS))
        for case in cases
    ],
)
def test_a_fault_names_file_line_key_and_what_is_expected(
    tmp_path: Path, name: str, text: str, line: int, key: str, expected: str
) -> None:
    (tmp_path / "character.toml").write_text(GOOD)
    (tmp_path / name).write_text(text)
    with pytest.raises(ProjectError) as caught:
        load_project(tmp_path)
    sentence = caught.value.happened
    assert sentence.startswith((f"{name}, line {line}:", f"{name}, line {line}, "))
    assert key in sentence
    assert any(words in sentence for words in expected.split("|")), sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert (tmp_path / name).read_text() == text


def test_a_byte_that_is_no_text_is_found_on_its_line(tmp_path: Path) -> None:
    raw = b'name = "G"\ndescription = "caf\xe9"\n'
    (tmp_path / "character.toml").write_bytes(raw)
    with pytest.raises(ProjectError, match=r"character\.toml, line 2, key description: expected UTF-8"):
        load_project(tmp_path)
    assert (tmp_path / "character.toml").read_bytes() == raw


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_text(GOOD + "# " + "x" * 5_000_000)
    with pytest.raises(ProjectError, match=r"character\.toml, line 1: expected a file of at most 4 MB"):
        load_project(tmp_path)


def test_a_text_that_is_too_long_is_refused_and_not_cut(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_text(f'name = "G"\ndescription = "{"x" * 20_001}"\n')
    with pytest.raises(ProjectError, match="line 2, key description: expected at most 20000 characters"):
        load_project(tmp_path)


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_project(tmp_path).character.name == "Glitch"


def test_control_characters_never_come_out_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_text('name = "G\\u001b[31ml\\u202eitch"\ndescription = "a\\u0007b\\nc"\n')
    character = load_project(tmp_path).character
    assert character.name == "Glitch"
    assert character.description == "ab\nc"


def test_a_folder_without_a_character_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"holds no character\.toml") as caught:
        load_project(tmp_path)
    assert "studio new" in caught.value.remedy


def test_a_broken_link_is_told_and_not_taken_for_an_absent_file(tmp_path: Path) -> None:
    (tmp_path / "character.toml").write_text(GOOD)
    (tmp_path / "poses.toml").symlink_to(tmp_path / "nowhere.toml")
    with pytest.raises(ProjectError, match=r"poses\.toml cannot be read: No such file"):
        load_project(tmp_path)
