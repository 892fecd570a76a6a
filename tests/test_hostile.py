"""Files made to hurt: each gets a clear problem in less than a second of computing and less than 100 MB."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.records import read_records
from generator.settings import read_settings
from generator.yaml_source import read_yaml
from tests.builders import SETTINGS

GOOD = "title: Ausfall\ntimeline:\n  - at: 2021-07-17 09:05\n    status: investigating\n"
READ = """
import json, re, resource, sys, time
from pathlib import Path
from generator.records import read_records
from generator.settings import read_settings

def kilobytes():
    status = Path("/proc/self/status")  # on Linux ru_maxrss would begin with the memory of who started us
    if status.exists():
        return int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)

for project in map(Path, sys.argv[1:]):
    settings, problems = read_settings(project / "mkdocs.yml")
    begin = time.process_time()
    records = read_records(project / "incidents", settings)
    seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "kilobytes": kilobytes(),
                      "problems": [str(problem) for problem in records.problems], "sound": len(records.incidents)}))
"""
"""Run in a process of its own: the memory it ever had is that of reading, and a crash does not end the tests."""


def alias_bomb() -> str:
    lines = [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    return GOOD + "a: &a [x]\n" + "".join(lines)


def merge_bomb() -> str:
    lines = [f"k{i}: &k{i} {{<<: [{', '.join([f'*k{i - 1}'] * 9)}]}}\n" for i in range(1, 500)]
    return GOOD + "k0: &k0 {a: b}\n" + "".join(lines)


def filled(line: str, size: int = 250_000) -> str:
    """A record that repeats `line` until it is as large as a record may be."""
    return GOOD + line * (size // len(line))


BOMBS: dict[str, Callable[[], str]] = {
    "alias bomb": alias_bomb,
    "merge bomb": merge_bomb,
    "50,000 brackets": lambda: GOOD + "summary: " + "[" * 50_000,
    "50,000 braces": lambda: GOOD + "summary: " + "{a: " * 50_000,
    "50,000 dashes": lambda: GOOD + "summary:\n  " + "- " * 50_000 + "x",
    "50,000 closing brackets": lambda: GOOD + "summary: " + "]" * 50_000,
    "question marks": lambda: GOOD + "? " * 50_000,
    "a tag": lambda: "title: !!python/object/apply:os.system [echo]\n" + GOOD,
    "a path in the id": lambda: "id: ../../../etc/passwd\n" + GOOD,
    "a null byte": lambda: GOOD + "summary: a\0b\n",
    "null bytes": lambda: "\0" * 250_000,
    "10 MB": lambda: filled("# x\n", 10_000_000),
    "unknown fields": lambda: GOOD + "".join(f"field{i}: x\n" for i in range(15_000)),
    "repeated fields": lambda: filled("title: x\n"),
    "unknown components": lambda: GOOD + "    components:\n" + "".join(f"      c{i}: x\n" for i in range(15_000)),
    "empty entries": lambda: filled("  -\n"),
    "broken entries": lambda: filled("  - {at: 9:05, status: no}\n"),
    "dated entries out of order": lambda: filled("  - {at: 2021-07-16 09:05}\n"),
    "slips that are set right": lambda: filled("    text: a: b\n"),
    "anchors": lambda: filled("  - &a x\n"),
    "a long line": lambda: "title: " + "x" * 250_000 + "\n" + GOOD,
    "a long name": lambda: "x" * 250_000 + ": y\n" + GOOD,
    "a quotation never closed": lambda: GOOD + 'summary: "' + "a\n" * 100_000,
    "a long text of quotes": lambda: GOOD + "summary: " + "'" * 200_001,
    "escapes": lambda: GOOD + 'summary: "' + "\\x41" * 60_000 + '"\n',
    "open links": lambda: GOOD + "    text: |\n" + "      " + "[a](" * 60_000 + "\n",
    "open stars": lambda: GOOD + "    text: x" + "_*" * 100_000 + "\n",
    "many wrong entries": lambda: GOOD + "  - {wrong: x}\n" * 2_400,
    "many texts of marks": lambda: "wrong: x\n" + filled('  - {at: 2021-07-17 09:05, text: "x' + "_*" * 245 + '"}\n'),
    "many nested quotations": lambda: "wrong: x\n" + filled('  - {text: "x' + "\\n- > - > - a" * 90 + '"}\n'),
    "many relations": lambda: GOOD + "related:\n" + "".join(f"  - r{i}\n" for i in range(15_000)),
    "digits": lambda: GOOD + "  - at: " + "9" * 200_000 + "\n",
    "a date with spaces": lambda: GOOD + "  - at: 2021-07-17" + " " * 100_000 + "9:05x\n",
    "many hashes": lambda: GOOD + "summary: a" + " #a" * 80_000 + "\n",
}


@dataclass(frozen=True)
class Reading:
    """What reading cost and said. `kilobytes` is the most memory the process had up to then."""

    seconds: float
    kilobytes: int
    problems: list[str]
    sound: int


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """Every bomb read, one after the other, in one other process."""
    projects = []
    for name in BOMBS:
        projects.append(new_project(tmp_path_factory.mktemp("bomb")))
        (projects[-1] / "incidents" / "bomb.yml").write_text(BOMBS[name](), encoding="utf-8")
    command = [sys.executable, "-c", READ, *map(str, projects)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [Reading(**json.loads(line)) for line in done.stdout.splitlines()]
    return dict(zip(BOMBS, found, strict=True))


def new_project(folder: Path) -> Path:
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "incidents").mkdir()
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path)


def problems_in(project: Path) -> list[str]:
    settings, _ = read_settings(project / "mkdocs.yml")
    assert settings
    return [str(problem) for problem in read_records(project / "incidents", settings).problems]


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_is_refused_at_little_cost(name: str, readings: dict[str, Reading]) -> None:
    """In time of the processor, since a busy machine has little to spare."""
    reading = readings[name]
    assert reading.problems
    assert reading.sound == 0
    assert len(reading.problems) <= 51
    assert all(line.startswith("incidents/bomb.yml:") and len(line) < 500 for line in reading.problems)
    assert reading.seconds < 1
    assert reading.kilobytes < 100 * 1024


def test_a_link_to_another_file_is_not_followed(project: Path) -> None:
    """Neither to a file elsewhere nor to a sound record beside it, and a dangling one is no crash."""
    (project / "secret.yml").write_text(GOOD, encoding="utf-8")
    (project / "incidents" / "link.yml").symlink_to(project / "secret.yml")
    (project / "incidents" / "nowhere.yml").symlink_to(project / "missing")
    (project / "incidents" / "device.yml").symlink_to("/dev/zero")
    problems = problems_in(project)
    names = ("device", "link", "nowhere")
    hint = "this is a link to another file. Put a real file in its place"
    assert problems == [f"incidents/{name}.yml:1:1: {hint}" for name in names]


def test_a_pipe_and_a_folder_are_no_records(project: Path) -> None:
    """Reading the pipe would wait for ever."""
    os.mkfifo(project / "incidents" / "pipe.yml")
    (project / "incidents" / "folder.yml").mkdir()
    problems = problems_in(project)
    hint = "this is not a plain file. Put a real file in its place"
    assert problems == [f"incidents/{name}.yml:1:1: {hint}" for name in ("folder", "pipe")]


@pytest.mark.parametrize(("name", "better"), [
    ("Störung am 17.07.yml", "stoerung-am-17-07"), ("x..y.yml", "x-y"), ("a b.yml", "a-b"),
    ("<script>.yml", "script"), ("a\nb.yml", "a-b"), ("a\u202eb.yml", "a-b"), ("-.yml", "2021-07-17-outage"),
    ("A.yml", "a"), ("index.yml", "2021-07-17-outage"), ("x" * 90 + ".yml", "x" * 80), ("a--b.yml", "a-b"),
])  # fmt: skip
def test_a_name_that_cannot_be_an_address_is_refused(name: str, better: str, project: Path) -> None:
    """With a name that can, made of the same words."""
    (project / "incidents" / name).write_text(GOOD, encoding="utf-8")
    problems = problems_in(project)
    assert len(problems) == 1
    assert problems[0].isprintable()
    assert problems[0].endswith(f": the file's name cannot be part of an address. Rename it to {better}.yml")


def test_a_name_of_bytes_that_are_no_text_is_refused(project: Path) -> None:
    """It is told with question marks where no letter can be shown."""
    path = os.fsencode(project / "incidents") + b"/a\xffb.yml"
    try:
        Path(os.fsdecode(path)).write_text(GOOD, encoding="utf-8")
    except OSError:
        return  # this file system takes names of text alone: nothing to refuse
    problems = problems_in(project)
    assert problems == ["incidents/a?b.yml:1:1: the file's name cannot be part of an address. Rename it to a-b.yml"]


def test_a_file_that_may_not_be_read_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is made up: the tests may run as root, who may read everything."""
    path = project / "incidents" / "locked.yml"
    path.write_text(GOOD, encoding="utf-8")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    problem = read_yaml(path, "incidents/locked.yml").problems[0]
    assert str(problem) == ("incidents/locked.yml:1:1: this may not be read. Allow yourself to read it")
