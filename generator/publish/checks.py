"""A look at what MkDocs built, before anybody else sees it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from generator.publish.errors import PublishError
from generator.publish.tree import Content
from generator.sentences import NOTHING, Sentence, say

_XML = {".atom", ".rss", ".svg", ".xml"}
_SHOWN = 10


def check_output(files: Mapping[str, Content], output: Path) -> int:
    """Check one language's built folder against the files it was built from. Returns its number of pages.

    Every Markdown document has a whole HTML page, every other file arrived as it was, feeds and pictures
    are well-formed XML, and there is a front page.

    Raises:
        PublishError: naming the files that are missing or broken, the first ten.
    """
    faults = list(_faults(files, output))
    if not faults:
        return sum(key.endswith(".md") for key in files)
    shown = [say("  {item}", item=fault) for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        shown.append(say("  … and {n} more", n=len(faults) - _SHOWN))
    raise PublishError(
        say("MkDocs built a site that is not whole:"),
        say("Look at mkdocs.yml for what leaves pages out (exclude_docs, plugins, hooks), then build again."),
        details=shown,
    )


def _faults(files: Mapping[str, Content], output: Path) -> Iterator[Sentence]:
    if not (output / "index.html").is_file():
        yield say("{file} is missing", file="index.html")
    for key, content in files.items():
        fault = _page_fault(key, output) if key.endswith(".md") else _file_fault(key, content, output)
        if fault:
            yield fault
    if fault := _form_fault(output / "sitemap.xml", "sitemap.xml"):
        yield fault


def page_of(key: str, output: Path) -> Path:
    """Where MkDocs puts the page of a Markdown document, with directory addresses or without."""
    path = PurePosixPath(key)
    if path.stem in ("index", "README"):
        return output / path.with_name("index.html")
    folder = output / path.with_suffix("") / "index.html"
    return folder if folder.exists() else output / path.with_suffix(".html")


def _page_fault(key: str, output: Path) -> Sentence:
    try:
        page = page_of(key, output).read_bytes()
    except FileNotFoundError:
        return say("{file} has no page", file=key)
    return NOTHING if page.rstrip().endswith(b"</html>") else say("the page of {file} breaks off", file=key)


def _file_fault(key: str, content: Content, output: Path) -> Sentence:
    path = output / key
    expected = content.encode() if isinstance(content, str) else content
    try:
        if path.read_bytes() != expected:
            return say("{file} was changed", file=key)
    except FileNotFoundError:
        return say("{file} is missing", file=key)
    return _form_fault(path, key)


def _form_fault(path: Path, name: str) -> Sentence:
    try:
        if path.suffix in _XML and path.is_file():
            with path.open("rb") as file:
                expat.ParserCreate().ParseFile(file)
        elif path.suffix == ".json":
            json.loads(path.read_bytes())
    except (expat.ExpatError, ValueError) as error:
        return say("{file} is not well-formed ({why})", file=name, why=error)
    return NOTHING
