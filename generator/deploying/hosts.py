"""Netlify and Cloudflare Pages by their own command-line tools: each takes a folder and changes the site in one step.

They find their token in the environment (NETLIFY_AUTH_TOKEN, CLOUDFLARE_API_TOKEN) or where their own login has put it.
"""

import json
import tempfile
from pathlib import Path

from generator.deploying.programs import run
from generator.deploying.upload import Upload


def to_netlify(site: Upload, place: str) -> None:
    """Publish the folder as the site with this id or name.

    Raises:
        DeployError: netlify is not installed, or it failed.
    """
    # Started away from our netlify.toml, which would have it build the site once more, with the network.
    with tempfile.TemporaryDirectory(prefix="incidents-deploy-") as elsewhere:
        run("netlify", "deploy", "--prod", "--no-build", "--dir", str(site.folder.resolve()), "--site", place,
            folder=Path(elsewhere))  # fmt: skip


def to_cloudflare(site: Upload, place: str, branch: str) -> None:
    """Publish the folder as the project with this name.

    Raises:
        DeployError: wrangler is not installed, or it failed.
    """
    with tempfile.TemporaryDirectory(prefix="incidents-deploy-") as elsewhere:
        run("wrangler", "pages", "deploy", str(site.folder.resolve()), "--project-name", place, "--branch", branch,
            "--commit-dirty=true", folder=Path(elsewhere))  # fmt: skip


def ask_netlify(place: str) -> None:
    """Look whether Netlify knows us and the site, and change nothing.

    Raises:
        DeployError: it does not, or its program is not installed.
    """
    run("netlify", "api", "getSite", "--data", json.dumps({"site_id": place}))


def ask_cloudflare() -> None:
    """Look whether Cloudflare knows us, and change nothing.

    Raises:
        DeployError: it does not, or its program is not installed.
    """
    run("wrangler", "pages", "project", "list")
