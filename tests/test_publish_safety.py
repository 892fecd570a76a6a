"""Whatever interrupts a build, the last good site stays whole, byte for byte, and the message says why."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.publish import PublishError, publish, swap
from tests.tiny_site import LANGUAGES, NOW, fingerprint, tiny_site

ROOT = Path(__file__).parent.parent
# Stops MkDocs in the middle: one page is written, and word of it given to the test.
HALF_WAY = """
import os, pathlib, time
def on_post_page(html, page, config, **_):
    if page.file.src_uri != "index.md":
        pathlib.Path(config.config_file_path + ".half-way").write_text(str(os.getpid()))
        time.sleep(600)
    return html
"""
BUILD = """
import sys
from pathlib import Path
from generator.publish import PublishError, publish
from tests.tiny_site import LANGUAGES, NOW, tiny_site
kind, target = sys.argv[1], Path(sys.argv[2])
site = tiny_site("new")
if kind == "halting":
    site = tiny_site("new", "hooks: [halt.py]\\n", {"halt.py": Path(sys.argv[3]).read_text()})
if kind == "large":
    site = tiny_site("new", more={"de/large.bin": bytes(40_000_000)})
if kind == "large pages":
    site = tiny_site("new", "hooks: [grow.py]\\n", {
        "grow.py": "def on_post_page(html, **_): return html + 'x' * 40_000_000\\n"})
try:
    publish(site, LANGUAGES, target, NOW)
except PublishError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A folder with a good site in it."""
    publish(tiny_site(), LANGUAGES, tmp_path / "site", NOW)
    return tmp_path / "site"


@pytest.fixture
def halting(good: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, half-way through its build of the same folder."""
    hook = good.with_name("halt.py")
    hook.write_text(HALF_WAY)
    with subprocess.Popen(build_command("halting", good, hook), cwd=ROOT, text=True, stderr=subprocess.PIPE) as process:
        wait_until(lambda: len(workers_of(good)) == len(LANGUAGES))
        yield process
        process.kill()


def build_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", BUILD, *map(str, arguments)]


def built(*arguments: str | Path, within: tuple[str, ...] = ()) -> str:
    """Run a build in a process of its own, inside another command. Returns what it complained of."""
    command = [*within, *build_command(*arguments)]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False, timeout=120)
    assert done.returncode == (1 if done.stderr else 0)
    return done.stderr


def stage(target: Path) -> Path:
    return target.with_name(f".{target.name}.build.incident-pages")


def workers_of(target: Path) -> list[int]:
    """The MkDocs processes that are half-way through this target's build."""
    words = stage(target).glob("source/*.half-way")
    return [int(text) for word in words if (text := word.read_text())]


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "waited for a minute"
        time.sleep(0.05)


def runs(process: int) -> bool:
    """Whether it still does anything: one that ended and was not yet collected does not."""
    stat = Path(f"/proc/{process}/stat")
    if stat.parent.parent.joinpath("self").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_build_changes_nothing_and_the_next_one_works(
    good: Path, halting: subprocess.Popen[str], how: signal.Signals
) -> None:
    """Its MkDocs processes end with it, its leftovers go, and no lock stays behind."""
    before = fingerprint(good)
    workers = workers_of(good)
    assert all(runs(worker) for worker in workers)
    halting.send_signal(how)
    halting.wait(120)
    assert fingerprint(good) == before
    # At once, as an impatient admin would.
    publish(tiny_site("well"), LANGUAGES, good, NOW)
    assert not any(runs(worker) for worker in workers)
    assert "All is well" in (good / "index.html").read_text()
    assert not stage(good).exists()


def test_of_two_builds_at_once_the_second_refuses(good: Path, halting: subprocess.Popen[str]) -> None:
    """It names the other process, waits for nothing and disturbs nothing."""
    before = fingerprint(good)
    with pytest.raises(PublishError) as caught:
        publish(tiny_site("new"), LANGUAGES, good, NOW)
    assert f"Another build of this site is running (process {halting.pid})." in str(caught.value)
    assert f"The last good site in {good} is untouched." in str(caught.value)
    assert fingerprint(good) == before
    assert halting.poll() is None
    assert stage(good).is_dir()


def mounts() -> bool:
    """Whether we may make a small disk of our own, as root or in a user namespace."""
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def on_small_disk(folder: Path) -> tuple[str, ...]:
    """A command that lays the folder on a small disk, and copies what is there afterwards beside it."""
    script = (
        'set -e; cp -a "$0" "$0.kept"; mount -t tmpfs -o size=12m none "$0"; cp -a "$0.kept/." "$0/";'
        ' code=0; "$@" || code=$?; rm -rf "$0.kept"/* "$0.kept"/.[!.]*; cp -a "$0/." "$0.kept/"; exit $code'
    )
    return ("unshare", "-rm", "sh", "-c", script, str(folder))


def with_small_files(_folder: Path) -> tuple[str, ...]:
    """A command under which no file may grow beyond 8 MB: the nearest thing where no disk can be made."""
    return ("sh", "-c", 'ulimit -f 16384; exec "$0" "$@"')


Disk = Callable[[Path], tuple[str, ...]]
FULL: list[tuple[Disk, str]] = [(with_small_files, "A file grew beyond the size that is allowed here")]
if mounts():
    FULL.append((on_small_disk, "The disk is full"))


@pytest.mark.parametrize("kind", ["large", "large pages"])
@pytest.mark.parametrize(("disk", "said"), FULL)
def test_a_full_disk_leaves_the_last_good_site(good: Path, kind: str, disk: Disk, said: str) -> None:
    """Whether it fills while we write the sources or while MkDocs writes its pages."""
    before = fingerprint(good)
    told = built(kind, good, within=disk(good.parent))
    after = good.parent.with_name(f"{good.parent.name}.kept") / good.name
    assert said in told
    assert "Traceback" not in told
    assert f"The last good site in {good} is untouched." in told
    assert fingerprint(after if after.exists() else good) == before


def without_power() -> tuple[str, ...]:
    """Root may write anywhere: take that power away, so that the permission bits count for it too."""
    if os.geteuid() != 0:
        return ()
    powers = "-dac_override,-dac_read_search,-fowner"
    return ("setpriv", "--bounding-set", powers, "--inh-caps", powers)


@pytest.fixture
def closed(good: Path) -> Iterator[Path]:
    good.parent.chmod(0o555)
    yield good
    good.parent.chmod(0o755)


def test_without_permission_nothing_changes(closed: Path) -> None:
    """A folder that may not be written to is told with its name and a way out."""
    before = fingerprint(closed)
    (closed.parent / ".site.lock").chmod(0o444)
    told = built("plain", closed, within=without_power())
    assert "Writing is not permitted" in told
    assert str(closed.parent) in told
    assert "another folder" in told
    assert f"The last good site in {closed} is untouched." in told
    assert fingerprint(closed) == before


def test_a_disk_that_can_only_be_read_is_told(good: Path) -> None:
    """Made so in a namespace of its own where that can be had, else by the permission bits."""
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    within = ("unshare", "-rm", "sh", "-c", script, str(good.parent)) if mounts() else without_power()
    said = "The disk can only be read" if mounts() else "Writing is not permitted"
    before = fingerprint(good)
    if not mounts():
        (good.parent / ".site.lock").chmod(0o444)
    told = built("plain", good, within=within)
    assert said in told
    assert f"The last good site in {good} is untouched." in told
    assert fingerprint(good) == before


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    """A mistyped `--to ~` must not replace a home."""
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(PublishError, match="not made by this command") as caught:
        publish(tiny_site(), LANGUAGES, tmp_path, NOW)
    assert "Nothing was published." in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_or_a_missing_folder_as_target_is_told(tmp_path: Path) -> None:
    """Both are typing errors, and nothing is made or overwritten."""
    (tmp_path / "site").write_text("mine")
    with pytest.raises(PublishError, match="is a file, not a folder"):
        publish(tiny_site(), LANGUAGES, tmp_path / "site", NOW)
    with pytest.raises(PublishError, match=r"There is no folder .*nowhere"):
        publish(tiny_site(), LANGUAGES, tmp_path / "nowhere/site", NOW)
    assert (tmp_path / "site").read_text() == "mine"


def test_where_the_system_cannot_exchange_folders_two_steps_do(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some disks know no exchange: the new site still arrives, and nothing is left beside it."""
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    publish(tiny_site("well"), LANGUAGES, good, NOW)
    assert "All is well" in (good / "index.html").read_text()
    assert {path.name for path in good.parent.iterdir()} == {"site", ".site.lock"}


def test_the_second_step_failing_puts_the_old_site_back(good: Path) -> None:
    """The new folder is not there: the old one returns to its name."""
    before = fingerprint(good)
    with pytest.raises(FileNotFoundError):
        swap.replace_in_two_steps(good.with_name("gone"), good, good.with_name("aside"))
    assert fingerprint(good) == before


def test_a_kill_between_the_two_steps_is_repaired_by_the_next_build(good: Path) -> None:
    """Even when that next build fails, the last good site has its name again."""
    before = fingerprint(good)
    good.rename(good.with_name(".site.old.incident-pages"))
    with pytest.raises(PublishError, match="is untouched"):
        publish(tiny_site(more={"de/index.md": "[gone](gone.md)"}), LANGUAGES, good, NOW)
    assert fingerprint(good) == before


def test_at_every_moment_there_is_a_site(good: Path) -> None:
    """Readers that look while the folders are exchanged always find a front page."""
    other = good.with_name("other")
    shutil.copytree(good, other)
    watcher = (
        "import sys, pathlib\n"
        "page = pathlib.Path(sys.argv[1]) / 'index.html'\n"
        "print('ready', flush=True)\n"
        "for _ in range(20000): page.stat()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", watcher, str(good)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        swaps = 0
        while process.poll() is None:
            swaps += swap.exchange(other, good)
        assert process.returncode == 0
    assert swaps
