"""`incidents drill` as an admin gives it: real servers, a real build, real repositories; names alone are invented."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from generator import probing
from generator.cli import drilling
from generator.drill import looking
from generator.elsewhere import host_of
from generator.independence import Question
from generator.independence.evidence import Evidence, Lookup, Site
from generator.publish import Rehearsal, rehearse_build, rehearsing
from generator.repository import has_commit, read_remotes
from tests.admin import OPEN, Admin, admin_in
from tests.builders import SETTINGS
from tests.independence_world import EVIDENCE, HERE, PAGES, SITE, THERE, WATCHED
from tests.mirror_hosts import NOW, Host, site, start
from tests.repositories import commit, git, repository
from tests.test_mirrors import tell_its_address


class Net:
    """Stands for DNS and TLS: every host of the site is apart, unless a test lays it beside what is watched."""

    def __init__(self) -> None:
        self.site, self.watched = SITE, WATCHED
        self.asked: list[Question] = []

    def gather(self, asked: Question, _now: datetime, _manner: Any) -> Evidence:
        self.asked.append(asked)
        sites = tuple(Site(url, replace(self.site, name=host_of(url)), PAGES) for url in asked.sites)
        return replace(EVIDENCE, sites=sites, watched=(self.watched,))


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    made = Net()
    monkeypatch.setattr(probing, "gather", made.gather)
    monkeypatch.setattr(looking, "rehearse_build", lambda _config, _code: Rehearsal("", True))
    return made


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    """Two hosts with the same site on them; the first is the site's own."""
    made = [Host(site()), Host(site())]
    servers = [start(host) for host in made]
    for host in made:
        tell_its_address(host, made[0].url)
    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def prepared(tmp_path: Path, hosts: list[Host], net: Net) -> Admin:
    """An admin who is ready for the bad day."""
    home = tmp_path / "status"
    home.mkdir()
    (tmp_path / "contacts.txt").write_text("host: +49 30 1\ngit host: +49 30 2\nregistrar: +49 30 3\n")
    (tmp_path / "recipients.txt").write_text("erika@example.com\n")
    (tmp_path / "www").mkdir()
    own, mirror = (host.url for host in hosts)
    settings = (
        SETTINGS.replace("https://status.example.net/", own)
        + f"""\
    independent_of: [app.velo.rent]
    mirrors: ["{mirror.replace("127.0.0.1", "localhost")}"]
    contacts: ../contacts.txt
    targets: {{web: {{kind: folder, place: {tmp_path}/www/status}}}}
    mail: {{host: localhost, encryption: none, sender: us@example.net, recipients: ../recipients.txt}}
"""
    )
    admin = admin_in(home, settings)
    admin.clock = f"{NOW + timedelta(hours=1):%Y-%m-%d %H:%M}"  # Berlin
    return admin


def found(admin: Admin, scene: str) -> dict[str, str]:
    """How each step of a scene is; of several with one name the worst."""
    result = admin.try_to("drill", "--scene", scene, "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == int(told["failed"])
    order = ("done", "unchecked", "failed")
    states: dict[str, str] = {}
    for step in told["scenes"][0]["steps"]:
        states[step["step"]] = max(states.get(step["step"], "done"), step["state"], key=order.index)
    return states


def test_a_drill_where_all_stands(prepared: Admin, tmp_path: Path) -> None:
    """All five scenes, one after the other without a pause where nobody sits; nothing was published."""
    result = prepared.try_to("drill")
    assert result.exit_code == 0, result.stdout
    assert [line[:4] for line in result.stdout.splitlines() if line[1:3] == "/5"] == [f"{n}/5 " for n in range(1, 6)]
    assert "registrar: +49 30 3" in result.stdout
    assert "FAILED" not in result.stdout
    assert not (tmp_path / "www" / "status").exists()


def test_in_german(prepared: Admin) -> None:
    """To an admin who speaks it."""
    prepared.environment["LANG"] = "de_DE.UTF-8"
    assert "Die Domain der App ist weg" in prepared.do("drill", "--scene", "domain")


def test_a_page_that_is_not_there(prepared: Admin, hosts: list[Host]) -> None:
    """A parked domain answers, too, but not with the page."""
    hosts[0].files = {"index.html": b"<html>For sale", "404.html": b"<html>For sale"}
    assert found(prepared, "domain")["page"] == "failed"


def test_a_stale_mirror(prepared: Admin, hosts: list[Host]) -> None:
    """It fails in the scene where it would be needed, with the reason."""
    hosts[1].files = site(built_at="2026-02-27T08:00:00Z")
    tell_its_address(hosts[1], hosts[0].url)
    assert found(prepared, "host")["mirror"] == "failed"
    assert "older" in prepared.try_to("drill", "--scene", "host").stdout


def test_an_alias_into_the_watched_zone(prepared: Admin, net: Net) -> None:
    """The page falls with what it reports on."""
    net.site = replace(SITE, lookup=Lookup(("status.velo.rent",), (HERE,)))
    assert found(prepared, "domain")["apart"] == "failed"
    assert net.asked[0].watched == ("app.velo.rent",)


def test_a_mirror_in_the_same_network(prepared: Admin, net: Net, hosts: list[Host]) -> None:
    """Two addresses at one company are one; for what is watched that is no more than a warning."""
    net.watched = replace(WATCHED, lookup=Lookup((), (replace(THERE, network=HERE.network),)))
    assert found(prepared, "host")["mirror_apart"] == "failed"
    assert net.asked[0].sites == (hosts[1].url.replace("127.0.0.1", "localhost"),)
    assert found(prepared, "domain")["apart"] == "done"


def test_a_target_that_cannot_be_reached(prepared: Admin, tmp_path: Path) -> None:
    """Its reason is that of `incidents deploy --dry-run`."""
    (tmp_path / "www").rmdir()
    assert found(prepared, "ci")["way"] == "failed"
    assert "There is no folder" in prepared.try_to("drill", "--scene", "ci").stdout


def test_the_commit_that_is_online(prepared: Admin, hosts: list[Host]) -> None:
    """It lies here, or only at the git host."""
    git(prepared.folder, "init", "--quiet")
    assert found(prepared, "git-host")["repository"] == "failed"
    online = commit(prepared.folder)
    for host in hosts:
        host.files = site(revision=online)
        tell_its_address(host, hosts[0].url)
    assert found(prepared, "git-host")["repository"] == "done"


def test_repositories_are_asked_for_commits_and_remotes(tmp_path: Path) -> None:
    """Without a repository nobody knows."""
    assert has_commit(tmp_path, "a" * 40) is None
    assert read_remotes(tmp_path) == []
    name = repository(tmp_path / "here")
    assert [has_commit(tmp_path / "here", revision) for revision in (name, "a" * 40)] == [True, False]
    git(tmp_path / "here", "remote", "add", "origin", "git@git.example.com:us/x.git")
    assert read_remotes(tmp_path / "here") == ["git@git.example.com:us/x.git"]


def test_at_a_terminal_each_scene_waits(prepared: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times for five scenes, and not after a single one."""
    pauses: list[str] = []
    monkeypatch.setattr(drilling, "is_terminal", lambda: True)
    monkeypatch.setattr(click, "pause", lambda info, err: pauses.append(info))
    prepared.do("drill")
    assert len(pauses) == 4
    prepared.do("drill", "--scene", "ci")
    assert len(pauses) == 4


@pytest.fixture
def admin_with_a_record(tmp_path: Path) -> Admin:
    admin = admin_in(tmp_path)
    admin.write("2026-03-02-one", OPEN)
    return admin


def test_a_build_on_trial(admin_with_a_record: Admin) -> None:
    """It leaves nothing behind."""
    admin = admin_with_a_record
    before = sorted(admin.folder.rglob("*"))
    assert rehearse_build(admin.config, "en").why == ""
    assert sorted(admin.folder.rglob("*")) == before


def test_a_build_on_trial_is_kept_from_the_network(monkeypatch: pytest.MonkeyPatch, admin_with_a_record: Admin) -> None:
    """Where namespaces can be made; elsewhere it runs all the same, and says that nothing kept it."""
    monkeypatch.setattr(rehearsing, "_ALONE", ("/no/such/program",))
    assert rehearse_build(admin_with_a_record.config, "en") == Rehearsal("", without_network=False)
    monkeypatch.undo()
    if subprocess.run([*rehearsing._ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs a network namespace, and this machine lets us make none")
    assert rehearse_build(admin_with_a_record.config, "en") == Rehearsal("", without_network=True)


def test_a_build_on_trial_that_fails(admin_with_a_record: Admin) -> None:
    """Its last words say why, in the language asked for."""
    admin_with_a_record.write("2026-03-03-two", OPEN.replace("title", "titel"))
    assert "nichts wurde veröffentlicht" in rehearse_build(admin_with_a_record.config, "de").why
