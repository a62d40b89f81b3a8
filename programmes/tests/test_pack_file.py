"""Reading a pack: what is no plain YAML of a bounded size is refused with a sentence."""

from pathlib import Path

import pytest

from programmes.pack_file import MAX_BYTES
from programmes.pack_schema import check_pack_file

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

CASES = [
    ("alias", BOMB, 1, "The file uses an anchor or alias (& or *); write the content out in full instead."),
    ("tag", "schema: !!python/name:os.system x\n", 1, "The file uses a tag (!); a pack is made of plain texts"),
    ("no map", "- a\n- b\n", 1, "The file should be a map that begins with “schema: programme-template/1”."),
    ("empty", "", 1, "The file should be a map that begins with “schema: programme-template/1”."),
    ("syntax", "a: [1, 2\nb: 3\n", 2, "The file cannot be read as YAML:"),
    ("deep", "a: " + "[" * 40 + "]" * 40, 1, "The file is nested too deeply; a pack has at most 20 levels."),
    ("long line", "a: 1\nb: " + "x" * 2000, 2, "The line is too long; fold it at 1,000 characters or before."),
    ("many lines", "# x\n" * 20_001, 20_000, "The file is too long; a pack has at most 20,000 lines."),
    ("large", "# x" * MAX_BYTES, 1, "The file is too large; a pack has at most 1,000,000 bytes."),
    ("bad date", "a: 2026-13-45\n", 1, "The file cannot be read as YAML:"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_refused(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text(text, encoding="utf-8")
    [finding] = check_pack_file(file)
    assert (finding.file, finding.line, finding.path) == ("pack.yaml", line, "(file)")
    assert finding.sentence.startswith(sentence)


def test_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_bytes("a: 1\nb: blåbær".encode("latin-1"))
    [finding] = check_pack_file(file)
    assert (finding.line, finding.sentence) == (2, "The file is not UTF-8; save it as UTF-8 text.")


def test_missing_file(tmp_path: Path) -> None:
    [finding] = check_pack_file(tmp_path / "none.yaml")
    assert finding.sentence == "The file cannot be opened: No such file or directory."


def test_key_twice_in_one_map(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("schema: programme-template/1\nagenda:\n  total_minutes: 60\n  total_minutes: 90\n")
    found = {finding.path: finding for finding in check_pack_file(file) if "twice" in finding.sentence}
    sentence = "“total_minutes” stands twice in the same map; keep one (first on line 3)."
    assert [(path, finding.sentence) for path, finding in found.items()] == [("agenda.total_minutes", sentence)]


def test_words_that_yaml_guesses(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("schema: programme-template/1\nno: 1\nversion: .inf\n")
    told = {finding.path: finding.sentence for finding in check_pack_file(file)}
    assert told["False"] == "The key is read as False; put it in quotes so that it is text."
    assert told["version"]
