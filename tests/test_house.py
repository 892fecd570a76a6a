"""The house keeps its rules: what may import what, and who alone may print, write, or look at the clock.

CONTRIBUTING.md draws the house; this test is what holds it up. A new room gets its place in FLOORS.
"""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "generator"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("sentences", "markup", "addresses", "engine", "repository"),
    ("problems", "slips", "guesses"),
    ("prose", "yaml_source", "own_pages", "mailboxes", "hostnames", "contacts"),
    ("texts", "yaml_text", "aliases", "elsewhere", "wording"),
    ("moments",),
    ("model", "language"),
    ("validate", "targets", "mail_settings", "git_host", "declared"),
    ("settings", "facts"),
    ("records", "schema", "independence"),
    ("history", "warnings", "charts", "form"),
    ("headline", "news", "provenance"),
    ("pages", "feeds", "api", "calendar", "embed", "metrics", "discovery", "pictures",
     "config", "headers", "reference", "manual", "report", "project", "statuspage", "editing", "terminal",
     "templates", "mailing", "mirrors", "probing"),
    ("site", "publish", "announcing", "starting"),
    ("deploying",),
    ("drill",),
    ("cli",),
    ("__main__",),
)  # fmt: skip
"""Rooms from the ground up: a room imports only from floors below its own."""

DOORS = {
    "babel": {"language"},
    "bs4": {"statuspage", "announcing"},
    "click": {"cli"},
    "cryptography": {"probing"},
    "dns": {"probing"},
    "lxml": {"probing"},
    "PIL": {"pictures"},
    "feedgen": {"feeds"},
    "httpx": {"mirrors", "probing"},
    "icalendar": {"calendar"},
    "idna": {"mailboxes", "hostnames"},
    "font_source_sans_pro": {"pictures"},
    "markdown": {"prose"},
    "markdownify": {"statuspage"},
    "markupsafe": {"markup", "charts", "pages", "feeds", "announcing"},
    "mkdocs": {"publish"},
    "publicsuffixlist": {"hostnames"},
    "pydantic": {
        "texts",
        "moments",
        "model",
        "validate",
        "targets",
        "mail_settings",
        "git_host",
        "declared",
        "independence",
        "settings",
        "warnings",
        "form",
        "api",
        "statuspage",
        "provenance",
    },
    "pydantic_core": {"problems", "project", "api"},
    "smtplib": {"mailing"},
    "tinycss2": {"publish", "probing"},
    "yaml": {"yaml_source", "yaml_text"},
}
"""A library to the rooms that know it. What is replaced one day is replaced behind its door."""

GRAB_BAGS = {"utils", "util", "helpers", "core", "common", "base", "misc"}
MAX_LINES = 400
CHILD = "publish/child.py"
"""MkDocs' process: a program of its own that talks to its parent by printing and exiting."""

WRITERS = {"publish", "deploying", "mailing"}
WRITES = {"write_text", "write_bytes", "mkdir", "touch", "unlink", "rmdir", "rename", "symlink_to", "chmod"}
WRITING_MODULES = {"shutil", "tempfile"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
FILES = sorted(HOUSE.rglob("*.py"))
NAMES = [path.relative_to(HOUSE).as_posix() for path in FILES]


def _module(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in FILES}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _room(path: Path) -> str:
    """`facts` for `facts/status.py`, `model` for `model.py`."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or anywhere in it, by its full name."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports in full, from generator.…"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inner & MODULES.keys() or {node.module or ""}


def _calls(path: Path) -> Iterator[str]:
    """Every call in a file as it is written: `print`, `sys.exit`, `path.mkdir`."""
    yield from (ast.unparse(node.func) for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))


def _rooms_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in _imports(path) if name.startswith("generator."))
    return {parts[1] for parts in names} - {_room(path)}


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def test_every_room_has_a_floor() -> None:
    """A room that is built or pulled down is entered in FLOORS, and in the drawing in CONTRIBUTING.md."""
    rooms = {_room(path) for path in FILES} - {"__init__"}
    assert rooms == {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_lead_downward(path: Path) -> None:
    """A room imports from lower floors alone: never from above, never from a sibling on its own floor."""
    here = len(FLOORS) if _room(path) == "__init__" else _floor(_room(path))
    upward = {room for room in _rooms_imported(path) if _floor(room) >= here}
    assert not upward, f"{path.name} on floor {here} imports {', '.join(sorted(upward))}"


def test_no_imports_run_in_a_circle() -> None:
    """Inside a room, too, files import each other in one direction: sorting them raises no CycleError."""
    graph = {name: MODULES.keys() & set(_imports(path)) for name, path in MODULES.items()}
    assert set(TopologicalSorter(graph).static_order()) == set(MODULES)


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_its_door(library: str) -> None:
    """Only the rooms named in DOORS import a library, and each of them does."""
    users = {_room(path) for path in FILES for name in _imports(path) if name.split(".")[0] == library}
    assert users == DOORS[library]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_the_command_prints_and_exits(path: Path) -> None:
    """Every other room returns what is to be said, so that a test or another command can have it."""
    loud = {call for call in _calls(path) if call in {"print", "input", "exit", "quit", "sys.exit", "click.echo"}}
    assert not loud or _room(path) == "cli" or path == HOUSE / CHILD, f"{path.name} calls {loud}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_the_command_reads_the_clock(path: Path) -> None:
    """`now` is an argument everywhere else: the same records at the same instant give the same bytes."""
    clocks = {call for call in _calls(path) if call in CLOCKS}
    assert not clocks or _room(path) == "cli", f"{path.name} calls {clocks}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_who_publishes_or_sends_writes_to_the_disk(path: Path) -> None:
    """What is neither published nor sent leaves no trace: everywhere else files are read, never written."""
    calls = {call for call in _calls(path) if call.rpartition(".")[2] in WRITES} | set(_opened_for_writing(path))
    modules = {name for name in _imports(path) if name in WRITING_MODULES}
    assert not (calls | modules) or _room(path) in WRITERS, f"{path.name}: {calls | modules}"


def _opened_for_writing(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "open":
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            modes = {arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
            if any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes):
                yield ast.unparse(node)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_room_is_a_grab_bag_or_a_hall(path: Path) -> None:
    """A file is named for what it does and stays small enough to read in one go."""
    assert path.stem not in GRAB_BAGS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
