"""From the mapping to the published folder: stage, build, check, swap. The last good site survives it all."""

import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

from generator.publish.checks import check_output
from generator.publish.engine import Job, run_mkdocs
from generator.publish.errors import PublishError, explained
from generator.publish.lock import locked
from generator.publish.manifest import add_manifest
from generator.publish.pruning import mark, prune
from generator.publish.swap import put_back, swap_in
from generator.publish.tree import MARKER, Content, lay_out
from generator.sentences import Sentence, say


@dataclass(frozen=True)
class Published:
    """What stands in the folder now, and how many of its pages came from Markdown."""

    folder: Path
    pages: int


@dataclass(frozen=True)
class _Places:
    """The target and its siblings on the same disk, whose names only the holder of the lock uses."""

    target: Path
    lock: Path
    stage: Path
    aside: Path

    @classmethod
    def of(cls, target: Path) -> "_Places":
        # A link to the folder stays a link: we swap what it points to.
        real = target.resolve()
        hidden = f".{real.name}"
        return cls(
            real,
            real.with_name(f"{hidden}.lock"),
            real.with_name(f"{hidden}.build.incident-pages"),
            real.with_name(f"{hidden}.old.incident-pages"),
        )


def publish(
    site: Mapping[str, Content],
    languages: Sequence[str],
    target: Path,
    now: datetime,
    progress: Callable[[Sentence], None] = lambda _: None,
) -> Published:
    """Build the site with MkDocs and put it in the place of the target folder, in one step.

    The first language becomes the root of the site, each other one a folder of its name. `now` is an aware
    instant: the same mapping and `now` give the same bytes. `progress` is told each step in a few words.

    Raises:
        PublishError: whatever went wrong, with the target as it was, byte for byte.
    """
    try:
        places = _Places.of(target)
    except (ValueError, OSError) as error:
        raise PublishError(
            say("{folder} cannot be the folder of a site.", folder=str(target)[:80]), say("Choose another with --to.")
        ) from error
    try:
        _refuse_unfit(places.target, target)
        with _termination_as_interrupt(), locked(places.lock) as held:
            return _publish(site, languages, places, now, progress, held)
    except OSError as error:
        raise _standing(explained(error), target) from error
    except PublishError as error:
        raise _standing(error, target) from error.__cause__


def _publish(
    site: Mapping[str, Content],
    languages: Sequence[str],
    places: _Places,
    now: datetime,
    progress: Callable[[Sentence], None],
    held: int,
) -> Published:
    put_back(places.target, places.aside)
    _refuse_stranger(places.target)
    _clear(places)
    try:
        progress(say("writing {n} files", n=len(site)))
        lay_out(site, places.stage / "source")
        jobs = [_job(language, places.stage) for language in languages]
        progress(say("MkDocs builds {languages}", languages=", ".join(languages)))
        run_mkdocs(jobs, now, (held,))
        progress(say("checking the pages"))
        parts = {job.output: _files(site, job.language) for job in jobs}
        pages = sum(check_output(files, output) for output, files in parts.items())
        prune(parts)
        built = _merge(jobs)
        progress(say("putting the site in its place"))
        swap_in(built, places.target, places.aside)
        return Published(places.target, pages)
    finally:
        # Whatever cannot be removed now is removed by the next build: it changes nothing of what stands.
        with suppress(OSError):
            _clear(places)


def _job(language: str, stage: Path) -> Job:
    return Job(language, stage / "source" / f"{language}.yml", stage / f"built-{language}")


def _files(site: Mapping[str, Content], language: str) -> dict[str, Content]:
    """What one language's folder is built from, by its paths in there."""
    prefix = f"{language}/"
    return {key.removeprefix(prefix): content for key, content in site.items() if key.startswith(prefix)}


def _merge(jobs: Sequence[Job]) -> Path:
    root = jobs[0].output
    for job in jobs[1:]:
        place = root / job.language
        if place.exists():
            raise PublishError(
                say("A page of the first language lies where the language {code} needs its folder.", code=job.language),
                say("Give it another name, then build again."),
            )
        job.output.rename(place)
    mark(root)
    add_manifest(root)
    return root


def _clear(places: _Places) -> None:
    """Remove what a build left beside the target. The old site goes only while a site stands."""
    _delete(places.stage)
    if places.target.exists():
        _delete(places.aside)


def _delete(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _refuse_unfit(real: Path, target: Path) -> None:
    if not real.parent.is_dir():
        what = say("There is no folder {folder} for the site to lie in.", folder=target.parent)
        raise PublishError(what, say("Make it, then build again."))
    if real.exists() and not real.is_dir():
        what = say("{path} is a file, not a folder.", path=target)
        raise PublishError(what, say("Choose another folder with --to."))
    _refuse_stranger(real)


def _refuse_stranger(real: Path) -> None:
    if real.is_dir() and not (real / MARKER).is_file() and any(real.iterdir()):
        raise PublishError(
            say(
                "{folder} holds files that were not made by this command, and a build replaces the whole folder.",
                folder=real,
            ),
            say("Choose an empty folder, or a new one, with --to."),
        )


def _standing(error: PublishError, target: Path) -> PublishError:
    said = say("The last good site in {folder} is untouched.", folder=target)
    said = said if _is_ours(target) else say("Nothing was published.")
    return PublishError(error.what, error.advice, said, error.details)


def _is_ours(target: Path) -> bool:
    with suppress(OSError):
        return (target / MARKER).is_file()
    return False


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """Let a polite end (SIGTERM) tidy up the way that Ctrl-C does. Only the main thread can hear it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
