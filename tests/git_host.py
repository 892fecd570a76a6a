"""A git host for the form, on this machine: answers as GitHub's API does, and keeps what is committed.

As small as the form's program needs it. A browser asks it at GitHub's own address, under the policy of the page; no
request leaves the machine.
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.addresses import ICON
from generator.config import read_theme
from generator.form import Program, read_program, render_form
from generator.git_host import GitHost
from generator.headers import render_headers
from generator.settings import Settings
from tests.browser import Window, host_of, listening, window
from tests.built import HERE
from tests.clients import need_node

API = "https://api.github.com"
DESK = {"width": 1280, "height": 900}
TALL = {"width": 1280, "height": 24_000}
"""The form draws what is in sight: here that is all of it."""
PHONE = {"width": 390, "height": 844}
_FORM = {"host": "github", "repo": "brotfuhre/status"}
_HEAD = "b" * 40
_COMMIT = {"author": {"name": "Admin", "email": "admin@brotfuhre.example", "user": None},
           "committedDate": "2026-03-02T09:00:00Z"}  # fmt: skip
_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "*",
}


def with_form(settings: Settings, **more: str) -> Settings:
    """The same settings, with the form switched on."""
    return replace(settings, status=settings.status.model_copy(update={"form": GitHost(**(_FORM | more))}))


def need_program(settings: Settings) -> Program:
    """The form's program. Where there is Node and it is missing all the same the test fails; it is not skipped."""
    need_node()
    found = read_program(HERE.parent, settings)
    if not found:
        pytest.fail("The form's program is not installed: please run `make form`.", pytrace=False)
    return found


@dataclass
class Repository:
    """Files by path, and every commit's files in turn."""

    files: dict[str, str]
    commits: list[dict[str, str]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """What GitHub's API says to one request."""
        request = route.request
        path = request.url.removeprefix(API).partition("?")[0]
        if request.method == "OPTIONS" or "/collaborators/" in path:
            route.fulfill(status=204, headers=_ANYWHERE)
        else:
            told = self._query(request.post_data or "") if path == "/graphql" else self._look_up(path)
            route.fulfill(status=200, headers=_ANYWHERE, content_type="application/json", body=json.dumps(told))

    def _look_up(self, path: str) -> dict[str, Any]:
        if path == "/user":
            return {"login": "admin", "name": "Admin", "email": "admin@brotfuhre.example", "id": 1, "avatar_url": "https://avatars.githubusercontent.com/u/1?v=4",
                    "html_url": "https://github.com/admin"}  # fmt: skip
        tree = [{"path": name, "mode": "100644", "type": "blob", "sha": f"{index:040x}", "size": len(text)}
                for index, (name, text) in enumerate(self.files.items())]  # fmt: skip
        return {"sha": _HEAD, "truncated": False, "tree": tree}

    def _query(self, body: str) -> dict[str, Any]:
        asked = json.loads(body)
        query: str = asked["query"]
        if "createCommitOnBranch" in query:
            return self._commit(asked["variables"]["input"]["fileChanges"])
        texts = list(self.files.values())
        contents = {
            name: {"text": texts[int(sha, 16)]}
            for name, sha in re.findall(r'(content_\d+): object\(oid: "(\w+)"', query)
        }
        commits = {
            name: {"target": {"history": {"nodes": [_COMMIT]}}} for name in re.findall(r"(commit_\d+): +ref", query)
        }
        head = {"ref": {"target": {"oid": _HEAD, "history": {"nodes": [{"oid": _HEAD, "message": "Begin"}]}}}}
        return {"data": {"repository": contents or commits or head}}

    def _commit(self, changes: dict[str, Any]) -> dict[str, Any]:
        added = {file["path"]: base64.b64decode(file["contents"]).decode() for file in changes.get("additions", [])}
        self.commits.append(added)
        made = {"oid": "c" * 40, "committedDate": "2026-03-02T09:05:00Z"}
        return {"data": {"createCommitOnBranch": {"commit": made}}}


@dataclass
class Form:
    """The form in a browser, signed in."""

    seen: Window
    repository: Repository

    @property
    def page(self) -> Page:
        return self.seen.page

    def field(self, path: str) -> Any:
        """The field at a place like `timeline.0.text.de`."""
        return self.page.locator(f'[data-key-path="{path}"]')

    def reach(self, path: str) -> Any:
        """The field at a place, in sight: what is far below is not drawn before."""
        parts = path.split(".")
        for end in range(1, len(parts) + 1):
            if not parts[end - 1].isdigit():
                self.field(".".join(parts[:end])).scroll_into_view_if_needed()
        return self.field(path)

    def fill(self, path: str, words: str) -> None:
        self.reach(path).locator("input, textarea").first.fill(words)

    def choose(self, path: str, option: str) -> None:
        """Choose an option of a list by its label."""
        self.reach(path).get_by_role("combobox").click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def new(self) -> None:
        self.go("#/collections/records/new")

    def edit(self, name: str) -> None:
        self.go(f"#/collections/records/entries/{name}")

    def go(self, fragment: str) -> None:
        self.page.goto(f"{self.seen.base}/admin/{fragment}")
        self.field("title").wait_for()

    def save(self) -> tuple[str, str]:
        """Save, and return what is committed: path and text."""
        button = self.page.get_by_role("button", name="Save", exact=True)
        with self.page.expect_response(lambda got: "createCommitOnBranch" in (got.request.post_data or "")):
            button.click()
        # What is saved is closed, and the list is shown.
        self.page.wait_for_url(re.compile(r"#/collections/records$"))
        [(path, text)] = self.repository.commits[-1].items()
        return path, text

    def take_faults(self) -> list[str]:
        """What went wrong, beside that the git host was asked; what the page's policy had to stop is among it."""
        asked = [fault for fault in self.seen.take_faults() if not fault.startswith(f"asks another host: {API}/")]
        return [*asked, *self.page.evaluate("window.violated")]


def write_form(settings: Settings, folder: Path) -> None:
    """What a built site has at `/admin/`, with what the host is told of it and the icon."""
    files = render_form(settings, need_program(settings))
    icon = read_theme("first")[f"first/{ICON}"]
    for path, content in {**files, "_headers": render_headers(settings), ICON: icon}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def signed_in(
    browser: Browser, settings: Settings, folder: Path, files: dict[str, str], **options: Any
) -> Iterator[Form]:
    """The form of a site in a fresh window, its repository holding these files."""
    write_form(settings, folder)
    repository = Repository(files)
    size = options.pop("viewport", DESK)
    with listening(host_of(folder)) as base, window(browser, base, viewport=size, locale="en-US", **options) as seen:
        form = Form(seen, repository)
        # A machine that does nothing else does each step in a second; CI's does much else.
        seen.page.set_default_timeout(120_000)
        seen.page.route(f"{API}/**", repository.answer)
        seen.open("/admin/")
        seen.page.get_by_role("button", name=re.compile("access token", re.IGNORECASE)).click()
        seen.page.get_by_role("textbox").fill("github_pat_invented")
        seen.page.keyboard.press("Enter")
        seen.page.get_by_text(re.compile("collection")).first.wait_for(state="attached")
        yield form
