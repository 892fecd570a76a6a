"""Publishing to a target: what is there afterwards is what was built, and half an upload breaks no page."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.deploying import DeployError, deploy, look, rehearse
from generator.deploying.order import steps
from generator.targets import Kind, Target
from tests.mirror_hosts import Host, Reply, start, with_manifest
from tests.mirror_hosts import site as web_site

LANGUAGES = ("de", "en")
PAGE = '<link href="{up}assets/{style}.css"><a href="{up}{to}">x</a>'
OLD = {
    "index.html": PAGE.format(up="", style="one", to="old/index.html"),
    "en/index.html": PAGE.format(up="../", style="one", to="old/index.html"),
    "old/index.html": PAGE.format(up="../", style="one", to="index.html"),
    "history.rss": "old/index.html",
    "assets/one.css": "one",
    ".well-known/security.txt": "Contact",
    "build.json": "1",
}
NEW = {
    "index.html": PAGE.format(up="", style="two", to="new/index.html"),
    "en/index.html": PAGE.format(up="../", style="two", to="new/index.html"),
    "new/index.html": PAGE.format(up="../", style="two", to="index.html"),
    "history.rss": "new/index.html",
    "assets/two.css": "two",
    ".well-known/security.txt": "Contact",
    "build.json": "2",
}
"""Two builds: of the first a page and a style are not needed any more."""
needs_rclone = pytest.mark.skipif(not shutil.which("rclone"), reason="rclone is not installed")
CARRIED: list[Kind | object] = ["folder", pytest.param("rclone", marks=needs_rclone), "git"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return build(tmp_path / "site", OLD)


def build(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder as a build leaves it."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    sums = {
        path: {"sha256": hashlib.sha256(text.encode()).hexdigest(), "size": len(text)} for path, text in files.items()
    }
    (folder / "manifest.json").write_text(json.dumps({"files": sums}))
    return folder


def target(kind: Kind, folder: Path) -> Target:
    """A target of this kind in a folder, made as its owner would make it."""
    place = folder / f"target-{kind}"
    if kind == "git" and not place.exists():
        subprocess.run(("git", "init", "--quiet", "--bare", place), check=True)
    return Target(kind=kind, place=str(place))


def put(site: Path, where: Target) -> None:
    deploy(site, LANGUAGES, where, lambda step, n: None)


def held(where: Target) -> dict[str, str]:
    """What lies at a target."""
    folder = Path(where.place)
    if where.kind != "git":
        return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}
    names = git(folder, "ls-tree", "-r", "--name-only", "pages").splitlines()
    return {name: git(folder, "show", f"pages:{name}") for name in names if name != ".nojekyll"}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(("git", "-C", folder, *arguments), check=True, capture_output=True, text=True)
    return done.stdout


def files_of(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text() for file in site.rglob("*") if file.is_file()}


@pytest.mark.parametrize("kind", CARRIED)
def test_the_target_holds_what_was_built(kind: Kind, site: Path, tmp_path: Path) -> None:
    """The first time, after a change, and after going back: no file too few, none too many."""
    where = target(kind, tmp_path)
    for files in (OLD, NEW, OLD):
        build(site, files)
        put(site, where)
        assert held(where) == files_of(site)


@pytest.mark.parametrize("kind", CARRIED)
def test_what_others_have_put_there_stays(kind: Kind, site: Path, tmp_path: Path) -> None:
    """A certificate's proof or a CNAME is no file of ours: no upload deletes it, even where we delete our own."""
    where = target(kind, tmp_path)
    put(site, where)
    _put_by_hand(where, "CNAME", "status.example.net")
    build(site, NEW)
    put(site, where)
    assert held(where) == files_of(site) | {"CNAME": "status.example.net"}


def _put_by_hand(where: Target, name: str, text: str) -> None:
    if where.kind != "git":
        (Path(where.place) / name).write_text(text)
        return
    clone = Path(where.place).with_name("clone")
    subprocess.run(("git", "clone", "--quiet", "--branch", "pages", where.place, clone), check=True)
    (clone / name).write_text(text)
    git(clone, "add", name)
    git(clone, "-c", "user.name=Erika", "-c", "user.email=e@example.net", "commit", "--quiet", "-m", "By hand")
    git(clone, "push", "--quiet")


@pytest.mark.parametrize("kind", CARRIED)
def test_a_site_that_was_changed_after_its_build_is_not_published(kind: Kind, site: Path, tmp_path: Path) -> None:
    """Whoever edits a page in the built folder would publish what no record says."""
    (site / "index.html").write_text("edited")
    where = target(kind, tmp_path)
    with pytest.raises(DeployError) as refused:
        put(site, where)
    assert refused.value.reason == "changed"
    assert not list(Path(where.place).glob("*.html"))


def test_no_site_is_a_sentence(tmp_path: Path) -> None:
    """A folder without a manifest is not the folder of a site."""
    with pytest.raises(DeployError, match="no_site"):
        put(tmp_path, target("folder", tmp_path))


def test_pages_of_somebody_else_are_not_replaced(site: Path, tmp_path: Path) -> None:
    """The wrong web root in the settings costs nobody their pages."""
    where = target("folder", tmp_path)
    Path(where.place).mkdir()
    (Path(where.place) / "index.html").write_text("The shop")
    with pytest.raises(DeployError, match="stranger"):
        put(site, where)
    with pytest.raises(DeployError, match="stranger"):
        rehearse(where)
    assert held(where) == {"index.html": "The shop"}


def test_the_same_site_again_makes_no_commit(site: Path, tmp_path: Path) -> None:
    """A daily deployment of what has not changed leaves the branch alone."""
    where = target("git", tmp_path)
    put(site, where)
    tip = git(Path(where.place), "rev-parse", "pages")
    put(site, where)
    assert git(Path(where.place), "rev-parse", "pages") == tip


def test_bytes_reach_the_branch_as_they_are(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an admin's own git settings do to line ends, they do not do to the site."""
    (tmp_path / "config").write_text("[core]\nautocrlf = input\n[user]\nname = Erika\nemail = e@example.net\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    where = target("git", tmp_path)
    build(site, OLD | {"calendar.ics": "BEGIN\r\nEND\r\n"})
    put(site, where)
    shown = subprocess.run(("git", "-C", where.place, "show", "pages:calendar.ics"), capture_output=True, check=True)
    assert shown.stdout == b"BEGIN\r\nEND\r\n"


def test_the_order_of_an_upload(site: Path) -> None:
    """What pages load, pages, what leads to them, the front pages; the manifest is not among them."""
    groups = steps(set(files_of(site)), LANGUAGES)
    assert groups == (
        ("assets/one.css",),
        ("old/index.html",),
        (".well-known/security.txt", "history.rss"),
        ("build.json", "en/index.html", "index.html"),
    )


@needs_rclone
@pytest.mark.parametrize("calls", range(4, 13))
def test_an_upload_that_breaks_off_breaks_no_page(calls: int, site: Path, tmp_path: Path, broken: Path) -> None:
    """Wherever the line goes down, every page's files and links are there; the next upload finishes the work."""
    where = target("rclone", tmp_path)
    put(site, where)
    build(site, NEW)
    (broken / "left").write_text(str(calls))
    with pytest.raises(DeployError) as error:
        put(site, where)
    assert "the line is down" in str(error.value)
    assert missing_links(Path(where.place)) == []
    (broken / "left").write_text("99")
    put(site, where)
    assert held(where) == files_of(site)


@needs_rclone
def test_nothing_is_left_of_an_upload_that_was_never_finished(site: Path, tmp_path: Path, broken: Path) -> None:
    """A third build deletes what the second one had begun to upload."""
    where = target("rclone", tmp_path)
    put(site, where)
    build(site, NEW)
    (broken / "left").write_text("8")
    with pytest.raises(DeployError):
        put(site, where)
    assert "new/index.html" in held(where)
    (broken / "left").write_text("99")
    build(site, OLD)
    put(site, where)
    assert held(where) == files_of(site)


@needs_rclone
def test_a_file_that_was_damaged_at_the_target_is_mended(site: Path, tmp_path: Path) -> None:
    """The next upload of the same site compares by hash, not by name, size or time."""
    where = target("rclone", tmp_path)
    put(site, where)
    damaged = Path(where.place) / "assets/one.css"
    times = damaged.stat()
    damaged.write_text("eno")
    os.utime(damaged, ns=(times.st_atime_ns, times.st_mtime_ns))
    put(site, where)
    assert held(where) == files_of(site)


def missing_links(folder: Path) -> list[str]:
    """What the pages and feeds in a folder load or lead to and is not there."""
    missing = []
    for page in (*folder.rglob("*.html"), folder / "history.rss"):
        text = page.read_text()
        targets = re.findall(r'href="([^"]+)"', text) if page.suffix == ".html" else [text]
        missing += [f"{page}: {link}" for link in targets if not (page.parent / link).resolve().is_file()]
    return missing


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An rclone that works as often as the file `left` in this folder says, then no more."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "left").write_text("99")
    (folder / "rclone").write_text(
        f"""#!/bin/sh
left=$(cat {folder}/left)
[ "$left" -gt 0 ] || {{ echo "the line is down" >&2; exit 1; }}
echo $((left - 1)) > {folder}/left
exec {shutil.which("rclone")} "$@"
"""
    )
    (folder / "rclone").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


@pytest.fixture
def host() -> Iterator[Host]:
    """A web server that shows what lies in its `files`."""
    found = Host(web_site())
    server = start(found)
    yield found
    server.shutdown()
    server.server_close()


def on_disk(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_the_address_shows_what_was_built(host: Host, tmp_path: Path) -> None:
    """Every file that a reader can ask for is fetched and compared."""
    assert look(host.url, on_disk(tmp_path / "site", host.files), patience=30) > 5


def test_an_address_that_is_slow_to_show_it_is_given_time(host: Host, tmp_path: Path) -> None:
    """A host's caches may hand out the old site for a while."""
    site, new = on_disk(tmp_path / "site", host.files), dict(host.files)
    host.files = with_manifest(host.files | {"assets/status.css": b"p { color: green }\n"})

    def treat(served: Host, path: str, reply: Reply) -> Reply:
        if served.asked.count("/manifest.json") > 1:
            served.files = new
        return served.reply(path)

    host.treat = treat
    assert look(host.url, site, patience=30) > 5
    assert host.asked.count("/manifest.json") > 1


@pytest.mark.parametrize("path", ["index.html", "assets/status.css", "manifest.json", "build.json"])
def test_an_address_that_shows_something_else_is_named(path: str, host: Host, tmp_path: Path) -> None:
    """With the first thing that is not as it was built."""
    site = on_disk(tmp_path / "site", host.files)
    del host.files[path]
    with pytest.raises(DeployError) as error:
        look(host.url, site, patience=0)
    assert error.value.reason == "not_shown"
    assert error.value.values == {"address": host.url, "what": path}
