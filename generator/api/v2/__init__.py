"""API v2 of Statuspage as files: what programs that watch pages there can read of this one, unchanged."""

from generator.addresses import STATUSPAGE_API
from generator.api.v2.files import as_text, files
from generator.api.v2.page import Page
from generator.history import History
from generator.language import Language


def render_statuspage(history: History, language: Language) -> dict[str, str]:
    """The files of one language, by path below that language's root.

    Keys, their order, words and what may be null are those of real pages: strict programs refuse what they do not
    know. What that form cannot say stands in API v1.
    """
    return {f"{STATUSPAGE_API}{name}": as_text(content) for name, content in files(Page(history, language)).items()}
