"""`incidents render` writes the tree for other builders, and keeps its hands off other people's files."""

from pathlib import Path

import pytest

from generator.publish import PublishError, publish, write_tree
from generator.publish.tree import SOURCES_MARKER
from tests.tiny_site import LANGUAGES, NOW, fingerprint, tiny_site


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_arrives_as_it_is(tmp_path: Path) -> None:
    """Text as UTF-8 with its own line ends, bytes as bytes."""
    write_tree({"de/a.md": "Straße\r\n", "de/b.bin": b"\x00\xff"}, tmp_path / "new/tree")
    assert (tmp_path / "new/tree/de/a.md").read_bytes() == "Straße\r\n".encode()
    assert (tmp_path / "new/tree/de/b.bin").read_bytes() == b"\x00\xff"


def test_a_second_time_removes_what_the_site_no_longer_has(tmp_path: Path) -> None:
    """With the folders that this empties; a file that somebody put there stays."""
    write_tree({"de/x/old.md": "1", "de/y/old.md": "1", "de/stays.md": "1"}, tmp_path)
    (tmp_path / "de/y/mine.txt").write_text("mine")
    write_tree({"de/stays.md": "2"}, tmp_path)
    assert names(tmp_path) == {"de/stays.md", "de/y/mine.txt", SOURCES_MARKER}
    assert not (tmp_path / "de/x").exists()
    assert (tmp_path / "de/stays.md").read_text() == "2"


def test_twice_the_same_gives_the_same_bytes(tmp_path: Path) -> None:
    """The list of what is ours included."""
    write_tree(tiny_site(), tmp_path)
    before = fingerprint(tmp_path)
    write_tree(tiny_site(), tmp_path)
    assert fingerprint(tmp_path) == before


def test_a_folder_of_somebody_else_is_refused_untouched(tmp_path: Path) -> None:
    """Anything in it that no marker claims is reason enough."""
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(PublishError, match="not made by this command"):
        write_tree(tiny_site(), tmp_path)
    assert names(tmp_path) == {"thesis.md"}


def test_a_file_of_somebody_else_inside_our_folder_is_not_overwritten(tmp_path: Path) -> None:
    """A new record may want the name that another file has taken meanwhile."""
    write_tree({"de/a.md": "1"}, tmp_path)
    (tmp_path / "de/b.md").write_text("mine")
    with pytest.raises(PublishError, match=r"b\.md was not made by this command"):
        write_tree({"de/b.md": "ours"}, tmp_path)
    assert (tmp_path / "de/b.md").read_text() == "mine"
    assert (tmp_path / "de/a.md").read_text() == "1"


@pytest.mark.parametrize(
    "key", ["../x", "de/../../x", "/etc/x", "", ".", "de//x", "de/./x", "de\\x", "de/\0x", "de/.."]
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    """Nor does any unclean one get written, whatever it would resolve to."""
    with pytest.raises(PublishError, match="does not stay inside"):
        write_tree({key: "x"}, tmp_path / "tree")
    assert names(tmp_path) == set()


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    """Neither for writing nor for removing."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("mine")
    tree = tmp_path / "tree"
    write_tree({"de/a.md": "ours"}, tree)
    (tree / "de/a.md").unlink()
    (tree / "de").rmdir()
    (tree / "de").symlink_to(outside)
    for site in ({"de/a.md": "again"}, {"en/a.md": "moved"}):
        with pytest.raises(PublishError, match="is a link to another place"):
            write_tree(site, tree)
    assert (outside / "a.md").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """The system's refusal comes as a sentence with the path in it."""
    (tmp_path / "tree").write_text("mine")
    with pytest.raises(PublishError, match="tree"):
        write_tree(tiny_site(), tmp_path / "tree")
    assert (tmp_path / "tree").read_text() == "mine"


def test_a_site_is_never_published_over_a_folder_of_sources(tmp_path: Path) -> None:
    """Both are ours, yet somebody may have added files to the sources."""
    write_tree({"de/index.md": "# Hier\n"}, tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(PublishError):
        publish(tiny_site(), LANGUAGES, tmp_path / "out", NOW)
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"
