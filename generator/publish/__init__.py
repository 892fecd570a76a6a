"""From the mapping of a site to a published folder. The one room that knows MkDocs."""

from generator.publish.adding import add_sources, replace_source
from generator.publish.building import Published, publish
from generator.publish.errors import PublishError
from generator.publish.founding import found_site, read_occupants
from generator.publish.preview import serve
from generator.publish.rebuilding import rebuilt
from generator.publish.rehearsing import Rehearsal, rehearse_build
from generator.publish.tree import write_tree

__all__ = [
    "PublishError", "Published", "Rehearsal", "add_sources", "found_site", "publish", "read_occupants",
    "rebuilt", "rehearse_build", "replace_source", "serve", "write_tree",
]  # fmt: skip
