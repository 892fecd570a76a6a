"""From a built folder to one target, by whatever carries files there."""

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.deploying import folder, git, hosts, rclone
from generator.deploying.upload import read_upload
from generator.targets import Target

Progress = Callable[[str, int], None]
"""Told what is done next (`upload`, `delete`, `compare`) with how many files."""


def deploy(site: Path, languages: Sequence[str], target: Target, progress: Progress) -> int:
    """Bring the target up to date with the built site; give the number of its files.

    The site is compared with its own manifest first. Uploading again continues what was interrupted.

    Raises:
        DeployError: the target is not up to date, with the reason.
        PublishError: somebody else publishes into the same folder at this moment.
    """
    upload = read_upload(site, languages)
    match target.kind:
        case "folder":
            folder.upload(upload, target.place)
        case "rclone":
            rclone.upload(upload, target.place, progress)
        case "git":
            git.upload(upload, target.place, target.branch or "pages")
        case "netlify":
            hosts.to_netlify(upload, target.place)
        case "cloudflare":
            hosts.to_cloudflare(upload, target.place, target.branch or "main")
    return len(upload.paths)


def rehearse(target: Target) -> None:
    """Look whether the site could be published there now, and publish nothing.

    Raises:
        DeployError: it could not, with the reason.
    """
    match target.kind:
        case "folder":
            folder.rehearse(target.place)
        case "rclone":
            rclone.rehearse(target.place)
        case "git":
            git.rehearse(target.place, target.branch or "pages")
        case "netlify":
            hosts.ask_netlify(target.place)
        case "cloudflare":
            hosts.ask_cloudflare()
