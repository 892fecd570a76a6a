"""`incidents independence` as its user sees it: options, texts, JSON, exit status; the network is invented."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from generator import probing
from generator.cli import main
from generator.declared import DIMENSIONS, FAILURES
from generator.independence import Question, judge, read_newest_result
from generator.independence.evidence import Answers, Evidence
from generator.independence.result import render_schema
from generator.language import tool_language
from tests.builders import SETTINGS
from tests.independence_world import EVIDENCE, HERE, NOW, SITE, evidence
from tests.kept import Golden
from tests.test_independence_judging import SHARED, UNKNOWN

REFERENCE = Path(__file__).parent.parent / "reference"
WATCHING = SETTINGS + "    independent_of: [velo.rent, app.velo.rent]\n"


class World:
    """Stands for the network: hands out `seen`, and keeps what was asked."""

    def __init__(self) -> None:
        self.seen = EVIDENCE
        self.asked: list[tuple[Question, datetime, probing.Manner]] = []

    def gather(self, asked: Question, now: datetime, manner: probing.Manner) -> Evidence:
        self.asked.append((asked, now, manner))
        return self.seen


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """A folder with settings, and an invented network."""
    made = World()
    monkeypatch.setattr(probing, "gather", made.gather)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(WATCHING, encoding="utf-8")
    return made


def run(*options: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["--language", language, "independence", *options], catch_exceptions=False)


def test_a_site_apart_ends_well(world: World) -> None:
    """Every dimension has its line, the sum and its meaning come last."""
    result = run()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "separate    registered domain"
    assert result.stdout.splitlines()[-1] == "Nothing that must be separate is shared."


@pytest.mark.parametrize(
    ("seen", "options", "status"),
    [
        (SHARED["cname"], (), 1),
        (UNKNOWN["cname"], (), 2),
        (SHARED["tld"], (), 0),
        (SHARED["tld"], ("--strict",), 1),
        (UNKNOWN["ci"], (), 0),
        (UNKNOWN["ci"], ("--strict",), 2),
    ],
)
def test_the_exit_status_tells_what_was_found(
    world: World, seen: Evidence, options: tuple[str, ...], status: int
) -> None:
    """As the reference has it; in every form the same."""
    world.seen = seen
    assert run(*options).exit_code == status
    told = run("--format", "json", *options)
    assert told.exit_code == status
    assert json.loads(told.stdout)["exit_status"] == status


def test_it_asks_for_what_the_settings_name(world: World, tmp_path: Path) -> None:
    """All addresses of the site, all that is watched, the domains of its mail, and the options given."""
    more = "    mirrors: [https://mirror.example.org/]\n    source: https://codeberg.org/a/b\n"
    (tmp_path / "mkdocs.yml").write_text(WATCHING + more, encoding="utf-8")
    run("--timeout", "7", "--resolver", "192.0.2.53#5353")
    asked, now, manner = world.asked[0]
    assert asked.sites == ("https://status.example.net/", "https://mirror.example.org/")
    assert asked.watched == ("velo.rent", "app.velo.rent")
    assert asked.mail == ("example.net",)
    assert asked.here.git_host == "codeberg.org"
    assert now == NOW
    assert manner.total == 7
    assert [(server.ip, server.port) for server in manner.resolvers] == [("192.0.2.53", 5353)]


@pytest.mark.parametrize("resolver", ["dns.example", "192.0.2.53#x", "192.0.2.53#70000"])
def test_what_is_no_resolver_is_refused(world: World, resolver: str) -> None:
    """Nothing was found out, so the status is 2."""
    result = run("--resolver", resolver)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert world.asked == []


def test_without_anything_to_be_independent_of_there_is_nothing_to_ask(world: World, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    result = run(language="de")
    assert result.exit_code == 2
    assert "independent_of: [example.com]" in result.stderr


def test_settings_that_cannot_be_used_are_reported_as_ever(world: World, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(WATCHING.replace("time_zone", "timezone"), encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert "mkdocs.yml:5:5: extra.status.timezone" in result.stderr


def test_it_speaks_german_too(world: World) -> None:
    """Verdicts and sentences; the evidence is the same."""
    world.seen = SHARED["domain"]
    told = run(language="de").stdout
    assert "GETEILT" in told
    assert "status.velo.rent und app.velo.rent stehen beide unter velo.rent." in told


def test_a_reason_to_accept_is_told_and_changes_nothing(world: World, tmp_path: Path) -> None:
    """Neither verdict nor exit status."""
    accepted = "    independence: {accepted: {cname: {de: Das ist Absicht., en: That is on purpose.}}}\n"
    (tmp_path / "mkdocs.yml").write_text(WATCHING + accepted, encoding="utf-8")
    world.seen = SHARED["cname"]
    result = run()
    assert "Accepted: That is on purpose." in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("seen", [EVIDENCE, *SHARED.values(), *UNKNOWN.values()])
def test_the_json_keeps_to_its_schema(world: World, seen: Evidence) -> None:
    """Whatever was found; no field more, none less."""
    world.seen = seen
    schema = json.loads(render_schema())
    Draft202012Validator.check_schema(schema)
    told = json.loads(run("--format", "json").stdout)
    assert [fault.message for fault in Draft202012Validator(schema).iter_errors(told)] == []
    assert {finding["dimension"] for finding in told["findings"]} == set(DIMENSIONS)


def test_the_schema_is_the_one_in_the_reference(golden: Golden) -> None:
    golden(render_schema(), REFERENCE / "independence.schema.json")


def test_a_result_is_kept_and_read_again(world: World, tmp_path: Path) -> None:
    """Under the day in UTC; of several days the newest is read, and it says what was found."""
    world.seen = SHARED["tld"]
    result = run("--record")
    assert result.stderr == "independence/2026-11-22.json\n"
    assert "SHARED" in result.stdout
    (tmp_path / "independence" / "2025-01-01.json").write_text("{}")
    (tmp_path / "independence" / "notes.txt").write_text("mine")
    kept, problems = read_newest_result(tmp_path)
    assert problems == []
    assert kept
    assert kept.instant == NOW
    assert [found.verdict for found in kept.findings if found.dimension == "tld"] == ["shared"]
    assert len(kept.findings) == len(judge(world.seen, NOW))


def test_a_kept_result_tells_nothing_of_the_machine_that_asked(world: World, tmp_path: Path) -> None:
    """What a resolver inside a company says is no business of readers."""
    answers = Answers(frozenset(("10.1.2.3", "fd00::1:2")), frozenset((HERE.ip, "8.8.8.8")), 300, (), (HERE,))
    world.seen = evidence(replace(SITE, answers=answers))
    assert "10.1.2.3" in run("--record", "--format", "json").stdout
    kept = (tmp_path / "independence" / "2026-11-22.json").read_text(encoding="utf-8")
    assert "10.1.2.3" not in kept
    assert "fd00" not in kept
    assert "8.8.8.8" in kept
    assert "(private)" in kept


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"checked": "yesterday"}'])
def test_a_kept_result_that_cannot_be_read_is_a_problem(broken: str, tmp_path: Path) -> None:
    """With its file, and what to do."""
    (tmp_path / "independence").mkdir()
    (tmp_path / "independence" / "2026-11-22.json").write_text(broken)
    kept, problems = read_newest_result(tmp_path)
    assert kept is None
    assert {problem.file for problem in problems} == {"independence/2026-11-22.json"}


def test_no_result_is_no_problem(tmp_path: Path) -> None:
    assert read_newest_result(tmp_path) == (None, [])


def test_the_reference_has_every_dimension_with_its_severity() -> None:
    """In the order in which they are told."""
    text = (REFERENCE / "independence.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \|.*\| (failure|warning) \|$", text, re.MULTILINE)
    told = [(name, severity) for names, severity in rows for name in re.findall(r"\w+", names)]
    assert told == [(name, "failure" if name in FAILURES else "warning") for name in DIMENSIONS]


def test_the_example_in_the_reference_is_a_result() -> None:
    text = (REFERENCE / "independence.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert example
    assert list(Draft202012Validator(json.loads(render_schema())).iter_errors(json.loads(example[1]))) == []


def test_the_reference_lists_every_fact(golden: Golden) -> None:
    """With its sentence, as the command tells it; renewed by --update-golden."""
    path = REFERENCE / "independence.md"
    head, mark, _ = path.read_text(encoding="utf-8").partition("| fact | in English |\n|---|---|\n")
    facts = tool_language("en", ZoneInfo("UTC")).texts["tool"]["independence"]["fact"]
    golden(head + mark + "".join(f"| `{key}` | {text} |\n" for key, text in sorted(facts.items())), path)


def test_the_day_of_a_result_is_that_of_utc(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the machine stands."""
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(late.timestamp())))
    run("--record")
    assert [path.name for path in (tmp_path / "independence").iterdir()] == ["2026-11-22.json"]
