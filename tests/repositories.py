"""A git repository with a small status site in it, as its admin has it."""

import os
import subprocess
from pathlib import Path

from tests.builders import SETTINGS

RECORD = """\
title: {de: Dashboard nicht erreichbar, en: Dashboard unreachable}
timeline:
  - at: 2021-07-17 09:05
    status: investigating
    components: {dashboard: major_outage}
    text: {de: Wir prüfen das., en: We are looking into it.}
"""
_WHO = {"GIT_AUTHOR_NAME": "Erika", "GIT_AUTHOR_EMAIL": "erika@example.net", "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z",
        "GIT_COMMITTER_NAME": "Erika", "GIT_COMMITTER_EMAIL": "erika@example.net",
        "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1"}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    """What git answers in a folder, whatever repository the tests themselves run in."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=bare | _WHO, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, message: str = "Tell it") -> str:
    """Commit all there is. Returns the commit's name."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, settings: str = SETTINGS) -> str:
    """Make a repository of one commit: settings in German and English, one record. Returns the commit's name."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(settings + "theme: {name: material, font: false}\nplugins: []\n", "utf-8")
    (folder / "incidents" / "2021-07-17-dns.yml").write_text(RECORD, encoding="utf-8")
    (folder / ".gitignore").write_text("/site/\n/.site.lock\n/.*.incident-pages/\n*.tmp\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    return commit(folder)
