"""The form at `/admin/` as files: what is configured, what a browser is told, and what a site without it is spared."""

import json
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from generator.cli import main
from generator.form import build_form_config, read_program, render_form
from generator.git_host import APIS, GitHost
from generator.headers import POLICY, render_headers
from generator.language import form_language
from generator.model import Incident, Part, Update, fields_of
from generator.moments import Moment
from generator.records import Records
from generator.settings import Settings, parse_settings
from generator.site import build_site
from generator.validate import model_at
from tests.browser import read_headers
from tests.builders import SETTINGS, utc
from tests.builders import settings as invented
from tests.git_host import need_program, with_form
from tests.hosts import HOSTS, MAX_RULES, sent
from tests.test_language import flat, placeholders

PROGRAM = {"cms/index.js": b"", "yaml.js": b""}
NOW = utc("2026-03-02 08:05")
SCHEMA = Path(__file__).parents[1] / "tools/form/node_modules/@sveltia/cms/schema/sveltia-cms.json"
WRITTEN = f"{SETTINGS}    form: {{host: github, repo: example/status}}\n"
Config = dict[str, Any]


def config_of(settings: Settings, **more: str) -> Config:
    host = with_form(settings, **more).status.form
    assert host
    return build_form_config(settings, host)


def fields_in(config: Config) -> list[Config]:
    fields: list[Config] = config["collections"][0]["fields"]
    return fields


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; "))


@pytest.mark.parametrize("languages", [("de",), ("en", "de"), ("fr", "de", "en")])
def test_the_program_takes_the_configuration(languages: tuple[str, ...]) -> None:
    """It is what the schema of the program itself asks for, with one language and with several."""
    settings = invented(languages=languages)
    need_program(with_form(settings))
    faults = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).iter_errors(config_of(settings))
    assert [f"{fault.json_path}: {fault.message[:300]}" for fault in faults] == []


def test_every_field_of_the_model_is_in_the_form() -> None:
    """By its name, in the model's order, however deep it lies; of a moment each form that there is to write."""

    def compare(model: Any, fields: list[Config]) -> None:
        if model is Moment:
            exact, inexact = fields
            assert [exact["name"], *(field["name"] for field in inexact["fields"])] == list(_forms())
        elif issubclass(model, Part):
            assert [field["name"] for field in fields] == list(fields_of(model))
            for field in fields:
                if "fields" in field and field["name"] != "components":
                    compare(model_at(model, (field["name"],)), field["fields"])

    compare(Incident, fields_in(config_of(invented())))


def _forms() -> list[str]:
    return [name for name in Moment.model_fields if name != "zone"]


def test_labels_and_hints_are_in_the_sites_first_language() -> None:
    """German and English; a site in any other language has them in English."""
    told = {code: fields_in(config_of(invented(languages=(code,))))[3] for code in ("de", "en", "fr")}
    assert (told["de"]["label"], told["de"]["hint"][:11]) == ("Beginn der Auswirkung", "Wann die Au")
    assert (told["en"]["label"], told["en"]["hint"][:11]) == ("Start of the impact", "When impact")
    assert told["fr"] == told["en"]


def test_the_form_says_the_same_in_each_language() -> None:
    """German and English, text by text; German hints stand for the descriptions of the model, one by one."""
    german, english = (form_language(code, ZoneInfo("UTC")).texts["form"] for code in ("de", "en"))
    hints, extra = german.pop("hints"), english.pop("hints")
    assert set(dict(flat(extra))) <= set(dict(flat(hints)))
    assert {name: list(texts) for name, texts in hints.items()} == {
        name: list(texts) for name, texts in german["fields"].items()
    }
    told, meant = dict(flat(german)), dict(flat(english))
    assert {key: placeholders(text) for key, text in told.items()} == {
        key: placeholders(text) for key, text in meant.items()
    }


def test_what_is_nearly_always_filled_in_stands_open() -> None:
    """In an entry of a timeline: time, components, text. No default is a fact: a time that nobody gave is none."""
    entry = next(field for field in fields_in(config_of(invented())) if field["name"] == "timeline")
    standing = [field["name"] for field in entry["fields"] if field["widget"] == "object" and field["required"]]
    assert standing == ["at", "components", "text"]
    defaults = [field["default"] for field in entry["fields"] if "default" in field]
    assert defaults == [fields_of(Update)["kind"].default]


@pytest.mark.parametrize(
    ("settings", "backend"),
    [
        ({}, {"name": "github", "auth_methods": ["token"]}),
        ({"sign_in": "https://in.example"}, {"base_url": "https://in.example", "auth_methods": ["oauth", "token"]}),
        ({"host": "gitlab", "app_id": "a1"}, {"app_id": "a1", "auth_type": "pkce", "auth_methods": ["oauth", "token"]}),
        (
            {"host": "gitea", "api": "https://git.example/api/v1"},
            {"api_root": "https://git.example/api/v1", "base_url": "https://git.example", "auth_methods": ["token"]},
        ),
    ],
)
def test_each_git_host_is_asked_in_its_way(settings: dict[str, str], backend: dict[str, Any]) -> None:
    """With a token, or by a button where there is something for it to ask."""
    assert backend.items() <= config_of(invented(), **settings)["backend"].items()


def test_records_lie_in_the_folder_that_the_repository_has_them_in() -> None:
    """The settings need not lie at the repository's root."""
    assert config_of(invented())["collections"][0]["folder"] == "incidents"
    assert config_of(invented(), folder="web/status")["collections"][0]["folder"] == "web/status/incidents"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("repo: https://git.example/a/b", "is not a repository"),
        ("repo: a/b, api: http://git.example/api", "is no place to send a password to"),
        ("repo: a/b, api: 'https://git.example/; script-src *'", "is not a web address"),
        ("repo: a/b, api: 'https://git.example/;script-src'", "is no place to send a password to"),
        ("repo: a/b, folder: ../up", "is not a folder"),
        ("repo: a/b, branch: 'a b'", "is not a branch"),
    ],
)
def test_a_slip_in_its_settings_is_told(line: str, message: str) -> None:
    """With its line, as any other; nothing that is written there can widen the page's policy."""
    _, problems = parse_settings(f"{SETTINGS}    form: {{host: github, {line}}}\n".encode(), "mkdocs.yml")
    assert [message in problem.message and problem.line == 15 for problem in problems] == [True], problems


def test_the_page_may_reach_the_git_host_and_nobody_else() -> None:
    """No script but the site's files, nothing evaluated, one origin to ask; the page says so itself, too."""
    settings = with_form(invented())
    host = settings.status.form
    assert host
    allowed = directives(host.policy)
    assert allowed["script-src"] == "'self'"
    assert allowed["connect-src"] == "'self' data: blob: https://api.github.com"
    assert "unsafe-eval" not in host.policy
    elsewhere = [origin for value in allowed.values() for origin in re.findall(r"https?:\S+", value)]
    assert elsewhere == ["https://api.github.com"]
    page = str(render_form(settings, PROGRAM)["admin/index.html"])
    assert host.policy.replace("'", "&#39;") in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("kind", APIS)
def test_each_git_host_is_the_one_origin(kind: Any) -> None:
    assert GitHost(host=kind, repo="a/b").origin in directives(GitHost(host=kind, repo="a/b").policy)["connect-src"]


@pytest.mark.parametrize("host", HOSTS)
def test_with_the_form_every_page_keeps_its_policy(host: str) -> None:
    """Pages have the one they always had, the form has its own and is neither framed nor found; never two at once."""
    settings = with_form(invented())
    rules = read_headers(render_headers(settings))
    assert len(rules) <= MAX_RULES
    site = build_site(Records(()), settings, NOW, PROGRAM)
    assert settings.status.form
    for key in site:
        code, _, name = key.partition("/")
        if code in settings.languages and name.endswith((".md", ".html")) and not name.startswith("theme/"):
            root = "/" if code == "en" else f"/{code}/"
            address = root + name.replace("index.md", "").replace("index.html", "").removesuffix(".md")
            address = "/404.html" if name == "404.md" else address
            got = sent(rules, address if "." in address or address.endswith("/") else f"{address}/", host)
            wanted = settings.status.form.policy if name.startswith("admin/") else POLICY
            assert [value for header, value in got if header == "Content-Security-Policy"] == [wanted], address
            assert len({header for header, _ in got}) == len(got), address
    form = dict(sent(rules, "/admin/", host))
    assert (form["X-Frame-Options"], form["X-Robots-Tag"]) == ("DENY", "noindex")


def test_without_the_form_there_is_no_trace_of_it() -> None:
    """Nor is there when the settings ask for it and its program is missing; no page, no list leads to it."""
    for settings, program in ((invented(), PROGRAM), (with_form(invented()), {})):
        assert not [path for path in build_site(Records(()), settings, NOW, program) if "/admin/" in path]
    site = build_site(Records(()), with_form(invented()), NOW, PROGRAM)
    assert "en/admin/index.html" in site
    linking = [path for path, content in site.items() if "/admin/" not in path and not path.endswith("_headers")
               and "admin/" in (content if isinstance(content, str) else content.decode("latin-1"))]  # fmt: skip
    assert linking == []


def test_the_program_fetches_nothing_from_elsewhere() -> None:
    """Its fonts and languages come from the site, and every file that it fetches there is among them."""
    program = need_program(with_form(invented()))
    text = program["cms/index.js"].decode()
    assert "cdn.jsdelivr.net" not in text
    assert ".json`)" not in text
    fetched = set(re.findall(r"url\((cms/[^)]+)\)", text))
    fetched |= {f"cms/{path}" for path in re.findall(r"import\(`\./(locales/[^`]+)`\)", text)}
    fetched |= {f"cms/{path}" for path in re.findall(r"new URL\(`(assets/[^`]+\.woff2)`", text)}
    assert len(fetched) > 30
    assert fetched <= program.keys()


def test_a_build_without_the_program_says_what_to_do_and_publishes(tmp_path: Path) -> None:
    """News of an outage do not wait for npm: the site goes out without the form, and the build says how to get it."""
    (tmp_path / "incidents").mkdir()
    (tmp_path / "mkdocs.yml").write_text(WRITTEN, encoding="utf-8")
    done = CliRunner().invoke(main, ["--config", str(tmp_path / "mkdocs.yml"), "render", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (
        "mkdocs.yml:15:5: extra.status.form: the form is left out: its program is not in tools/form/node_modul"
        in done.output
    )
    assert "npm ci --ignore-scripts --prefix tools/form" in done.output
    assert not (tmp_path / "out" / "de" / "admin").exists()


def test_a_build_takes_the_program_from_beside_the_settings(tmp_path: Path) -> None:
    """From the folder that the settings name: the files that the page needs, and none for pictures."""
    settings = with_form(invented(), packages="packages")
    cms, yaml = tmp_path / "packages/@sveltia/cms", tmp_path / "packages/js-yaml/dist/browser"
    for file in (
        cms / "npm/index.js",
        cms / "npm/chunks/heic.js",
        cms / "locales/de.json",
        yaml / "js-yaml.esm.min.mjs",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}", encoding="utf-8")
    assert set(read_program(tmp_path, settings)) == {"cms/index.js", "cms/locales/de.js", "yaml.js"}
    assert read_program(tmp_path, invented()) == {}
