"""A drill's scenes in an invented world: each check passes, fails, or says that only the admin can look."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.contacts import is_far, read_contacts
from generator.drill import NAMES, Name, play, render_json, render_scene, render_sum
from generator.drill.hosts import host_of
from generator.drill.means import Apart, Built, Seen
from generator.language import tool_language, tool_languages
from tests.builders import BERLIN, SETTINGS
from tests.drill_world import MIRROR, PREPARED, SITE, World, world_in

Told = list[tuple[str, str]]
ORDER: dict[Name, Told] = {
    "domain": [("page", "done")] * 2 + [("apart", "done")] * 2 + [("accounts", "unchecked")],
    "host": [("mirror", "done"), ("mirror_apart", "done"), ("way", "done")],
    "git-host": [("page_without_git_host", "done"), ("repository", "done"), ("way", "done"), ("way", "done")],
    "ci": [("build", "done"), ("network", "done"), ("way", "done"), ("way", "done")],
    "laptop": [("contacts", "done"), ("password", "done"), ("recipients", "done"), ("paper", "unchecked")],
}
"""What is found where everything is in order."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return world_in(tmp_path)


def steps(world: World, name: Name) -> Told:
    """What a scene finds, and how it is."""
    return [(step.what, step.state) for step in play(name, world).steps]


@pytest.mark.parametrize("name", NAMES)
def test_where_everything_is_in_order_nothing_fails(world: World, name: Name) -> None:
    """Each scene passes; what nobody can see from here is asked for."""
    assert steps(world, name) == ORDER[name]
    assert not play(name, world).has_failed


Spoil = Callable[[World], None]


def _with(**parts: object) -> Spoil:
    return lambda world: world.__dict__.update(parts)


def _write(name: str, text: str) -> Spoil:
    def spoil(world: World) -> None:
        (world.home.parent / name).write_text(text, encoding="utf-8")

    return spoil


FAULTS: list[tuple[Name, Spoil, tuple[str, str]]] = [
    ("domain", _with(seen=[Seen(SITE, answers=False, why="refused"), Seen(MIRROR)]), ("page", "failed")),
    ("domain", _with(found={SITE: Apart("failed", "same zone")}), ("apart", "failed")),
    ("domain", _with(found={SITE: Apart("unchecked", "no answer")}), ("apart", "unchecked")),
    ("host", _with(seen=[Seen(SITE)]), ("no_mirror", "failed")),
    ("host", _with(seen=[Seen(SITE), Seen(MIRROR, fresh=False, why="old")]), ("mirror", "failed")),
    ("host", _with(seen=[Seen(SITE), Seen(MIRROR, answers=False)]), ("mirror", "failed")),
    ("host", _with(found={MIRROR: Apart("failed", "same network")}), ("mirror_apart", "failed")),
    ("host", _with(refusals={"second": "no login"}), ("way", "failed")),
    ("git-host", _with(found=dict.fromkeys((SITE, MIRROR), Apart("failed", "x"))), ("page_without_git_host", "failed")),
    ("git-host", _with(found={SITE: Apart("failed"), MIRROR: Apart("unchecked")}),
     ("page_without_git_host", "unchecked")),
    ("git-host", _with(has_commit=False), ("repository", "failed")),
    ("git-host", _with(has_commit=None), ("repository", "unchecked")),
    ("git-host", _with(seen=[Seen(SITE)]), ("repository", "unchecked")),
    ("ci", _with(built=Built("no records")), ("build", "failed")),
    ("ci", _with(built=Built(without_network=False)), ("network", "unchecked")),
    ("ci", _with(refusals={"first": "no folder"}), ("way", "failed")),
    ("laptop", _write("contacts.txt", "host: Example, +49 30 1\n"), ("contacts_lack", "failed")),
    ("laptop", lambda world: (world.home.parent / "contacts.txt").unlink(), ("contacts", "failed")),
    ("laptop", _with(has_password=False), ("password", "failed")),
    ("laptop", _write("recipients.txt", "nobody\n"), ("recipients_unsound", "failed")),
    ("laptop", _write("recipients.txt", "# nobody yet\n"), ("recipients_none", "failed")),
    ("laptop", lambda world: (world.home.parent / "recipients.txt").unlink(), ("recipients", "failed")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "found"), FAULTS, ids=[f"{name}-{found[0]}" for name, _, found in FAULTS])
def test_what_is_amiss_is_found(world: World, name: Name, spoil: Spoil, found: tuple[str, str]) -> None:
    """One thing is spoilt, and its check says so; whether the scene has failed follows from that."""
    spoil(world)
    assert found in steps(world, name)
    assert play(name, world).has_failed == (found[1] == "failed")


def _only(folder: Path, *lines: str) -> World:
    return world_in(folder, SETTINGS + "".join(f"    {line}\n" for line in lines))


UNPREPARED: list[tuple[Name, set[str]]] = [
    ("domain", {"nothing_watched"}), ("host", {"no_target"}), ("git-host", {"no_target"}), ("ci", {"no_target"}),
    ("laptop", {"no_contacts"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "missing"), UNPREPARED)
def test_who_has_prepared_nothing_is_told_what(tmp_path: Path, name: Name, missing: set[str]) -> None:
    """Settings that lack what a scene asks for fail it: what is not there will not stand."""
    found = steps(_only(tmp_path), name)
    assert missing == {what for what, state in found if state == "failed"}


def test_a_company_falls_whole(tmp_path: Path) -> None:
    """With the site at Netlify, no other target at Netlify helps; one at Cloudflare does."""
    targets = [
        "targets:", "  one: {kind: netlify, place: example, address: 'https://status.example.net/'}",
        "  two: {kind: netlify, place: another}",
    ]  # fmt: skip
    (tmp_path / "a").mkdir()
    assert ("no_other_host", "failed") in steps(_only(tmp_path / "a", *targets), "host")
    (tmp_path / "b").mkdir()
    world = _only(tmp_path / "b", *targets, "  three: {kind: cloudflare, place: example}")
    assert [step.values for step in play("host", world).steps if step.what == "way"] == [{"target": "three"}]


def test_a_branch_at_the_git_host_is_no_way_without_it(tmp_path: Path) -> None:
    """Neither by its long address nor by its short one, wherever the host is known from."""
    world = _only(tmp_path, "targets: {pages: {kind: git, place: 'git@git.example.com:us/pages.git'}}")
    assert ("no_way_but_git", "failed") in steps(world, "git-host")
    world.remotes = ["https://elsewhere.example/us/status.git"]
    assert ("way", "done") in steps(world, "git-host")
    world.remotes = []
    assert ("no_git_host", "unchecked") in steps(world, "git-host")


@pytest.mark.parametrize(
    ("place", "host"),
    [
        ("git@git.example.com:us/x.git", "git.example.com"), ("ssh://git@git.example.com/us/x", "git.example.com"),
        ("https://Git.Example.com/us/x", "git.example.com"), ("/srv/git/x.git", ""), ("../x", ""), ("C:/x", ""),
    ],
)  # fmt: skip
def test_the_host_of_a_repository(place: str, host: str) -> None:
    """In each way that git writes addresses; a folder has none."""
    assert host_of(place) == host


def test_what_is_compared_with_what(world: World) -> None:
    """All addresses with what is watched, mirrors with the site's host, all with the git host."""
    for name in NAMES:
        play(name, world)
    assert world.asked == [
        ((SITE, MIRROR), ("velo.rent", "app.velo.rent"), False),
        ((MIRROR,), ("status.example.net",), True),
        ((SITE, MIRROR), ("git.example.com",), True),
    ]


@pytest.mark.parametrize("name", ["contacts", "recipients"])
def test_lists_in_a_published_folder_fail(tmp_path: Path, name: str) -> None:
    """Names and numbers do not belong on the site."""
    world = world_in(tmp_path, PREPARED.replace(f"../{name}.txt", f"docs/{name}.txt"))
    (world.home / "docs").mkdir()
    (tmp_path / f"{name}.txt").rename(world.home / "docs" / f"{name}.txt")
    assert ("published", "failed") in steps(world, "laptop")


def test_a_file_on_another_machine_is_told(tmp_path: Path) -> None:
    """By the file system that it lies on; the innermost counts."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nfar:/x {tmp_path} nfs4 rw 0 0\n/dev/b {tmp_path}/own ext4 rw 0 0\n")
    assert is_far(tmp_path / "list.txt", mounts)
    assert not is_far(tmp_path / "own" / "list.txt", mounts)
    assert not is_far(tmp_path / "list.txt", tmp_path / "no such file")


def test_contacts_without_a_way_to_reach_them_are_missing(tmp_path: Path) -> None:
    """A name with nothing behind it helps nobody; capitals, hyphens and German words do no harm."""
    file = tmp_path / "contacts.txt"
    file.write_text("Hoster:\nGIT_HOST: +49 30 2\nDomain: +49 30 3\n", encoding="utf-8")
    assert read_contacts(file).missing == ("host",)
    file.write_bytes(b"\xff\xfe")
    assert read_contacts(file).why == "the file is not UTF-8"


@pytest.mark.parametrize("code", tool_languages())
@pytest.mark.parametrize(("name", "spoil", "found"), FAULTS, ids=[f"{name}-{found[0]}" for name, _, found in FAULTS])
def test_everything_amiss_has_its_words(
    world: World, code: str, name: Name, spoil: Spoil, found: tuple[str, str]
) -> None:
    """What it is and what to do, in each language, with everything filled in."""
    spoil(world)
    words = tool_language(code, BERLIN)
    told = render_scene(play(name, world), world.settings, words)
    assert words(f"tool.drill.state.{found[1]}") in told
    assert "{" not in told


@pytest.mark.parametrize("code", tool_languages())
@pytest.mark.parametrize(("name", "missing"), UNPREPARED)
def test_everything_missing_has_its_words(tmp_path: Path, code: str, name: Name, missing: set[str]) -> None:
    """The same for settings that lack it."""
    world, words = _only(tmp_path), tool_language(code, BERLIN)
    told = " ".join(render_scene(play(name, world), world.settings, words).split())
    assert all(words(f"tool.drill.step.{what}.do") in told for what in missing)


def test_a_scene_as_it_is_read(world: World) -> None:
    """What is gone, each check with what follows from it, and what to do on that day; commands stay whole."""
    world.refusals = {"second": "rclone says:\x1b[2J no such remote"}
    told = render_scene(play("host", world), world.settings, tool_language("en", BERLIN))
    assert told.splitlines()[0] == "2/5 The host of the page is gone"
    assert re.search(r"^ok +The mirror https://mirror.example.org/ is up to date\.$", told, re.MULTILINE)
    assert "FAILED    second: the site could not be published there. rclone says: [2J no such remote" in told
    assert "→ Put it right today, then try: incidents deploy --dry-run second" in told
    assert "  1. Give out the other address: https://mirror.example.org/." in told
    assert all(len(line) <= 100 for line in told.splitlines())


def test_the_sum_counts_what_failed(world: World) -> None:
    """And says what that means."""
    words = tool_language("en", BERLIN)
    played = [play("host", world), play("laptop", world)]
    assert render_sum(played, words) == (
        "6 in order, 0 failed, 1 to look at yourself. Nothing failed; what is left only you can see."
    )
    world.has_password = False
    assert "Put right what failed today" in render_sum([play("laptop", world)], words)
    assert render_sum([play("host", world)], words).endswith("The bad day may come.")


def test_programs_get_the_same(world: World) -> None:
    """Each scene with its steps and states."""
    told = json.loads(render_json([play("host", world)]))
    assert told["failed"] is False
    assert told["scenes"][0]["scene"] == "host"
    assert told["scenes"][0]["steps"][0] == {"step": "mirror", "state": "done", "about": {"address": MIRROR}}
