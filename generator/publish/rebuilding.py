"""A commit built again, in a folder that is gone afterwards, with the program as it was in that commit."""

import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import generator
from generator.publish.errors import PublishError
from generator.repository import NoRepository, read_root, read_tree
from generator.sentences import say

_HOME = Path(generator.__file__).parents[1]


@contextmanager
def rebuilt(
    config: Path, revision: str, now: datetime, keep_going: bool, borrowed: Sequence[str] = ()
) -> Iterator[Path]:
    """The site that the commit `revision` of the repository around `config` gives at `now`, while the block lasts.

    A repository that holds this program, too, is built by the program of that commit; it runs with the packages that
    are installed here, those in the folders `borrowed` beside `config` among them, which no commit holds. `keep_going`
    leaves out records that cannot be read.

    Raises:
        PublishError: the commit is not here, or cannot be built.
    """
    try:
        name = config.resolve().relative_to(read_root(config.parent).resolve())
        tree = read_tree(config.parent, revision)
    except NoRepository as error:
        what = say("The commit {revision} is not here: {why}", revision=revision, why=error)
        raise PublishError(what, say("Fetch it (git fetch), then try again.")) from None
    with tempfile.TemporaryDirectory(prefix="incident-pages-") as folder:
        sources, site = Path(folder) / "sources", Path(folder) / "site"
        with tarfile.open(fileobj=BytesIO(tree)) as archive:
            archive.extractall(sources, filter="data")
        for packages in borrowed:
            _borrow(config.resolve().parent / packages, (sources / name).parent / packages)
        more = ["--revision", revision, *(["--keep-going"] if keep_going else [])]
        _build(["--config", str(name), "build", "--to", str(site), *more], sources, now)
        yield site


def _borrow(here: Path, there: Path) -> None:
    if here.is_dir() and not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        there.symlink_to(here)


def _build(arguments: list[str], sources: Path, now: datetime) -> None:
    # The folder comes first in the path, so that its own program is taken if there is one, else ours.
    command = [sys.executable, "-m", "generator", *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    environment |= {"PYTHONPATH": str(_HOME), "SOURCE_DATE_EPOCH": str(int(now.timestamp()))}
    done = subprocess.run(command, cwd=sources, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [say("  {line}", line=line) for line in done.stderr.strip().splitlines()[-10:]]
        advice = say("Install the versions that it locks, then try again.")
        raise PublishError(say("The commit cannot be built here:"), advice, details=said)
