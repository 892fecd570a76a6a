"""A mapping becomes a published folder through the real MkDocs."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.publish import Published, PublishError, publish
from generator.publish.tree import MARKER
from tests.tiny_site import LANGUAGES, NOW, Site, fingerprint, tiny_site


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tiny_site(), LANGUAGES, tmp_path_factory.mktemp("once") / "site", NOW)


def refusal(site: Site, target: Path) -> str:
    with pytest.raises(PublishError) as caught:
        publish(site, LANGUAGES, target, NOW)
    return str(caught.value)


def test_the_first_language_is_the_root_and_the_others_lie_below_it(published: Published) -> None:
    """German at `/`, English at `/en/`, each with its pages and files."""
    site = published.folder
    for place in (site, site / "en"):
        assert "All is calm" in (place / "index.html").read_text()
        assert "was mended" in (place / "incidents/one/index.html").read_text()
        assert (place / "assets/dot.png").read_bytes() == bytes(range(256))
        assert (place / "404.html").is_file()


def test_it_says_what_was_published(published: Published) -> None:
    """Pages are those that came from Markdown."""
    assert published.pages == 4


def test_nothing_is_left_beside_the_site(published: Published) -> None:
    """Only the lock file stays, for the next build to hold."""
    assert {path.name for path in published.folder.parent.iterdir()} == {"site", ".site.lock"}


def test_two_builds_give_the_same_bytes(published: Published, tmp_path: Path) -> None:
    """The clock of the machine reaches no file, not even the packed sitemap."""
    again = publish(tiny_site(), LANGUAGES, tmp_path / "site", NOW)
    assert fingerprint(again.folder) == fingerprint(published.folder)


def test_the_sitemap_carries_the_instant_of_the_build(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is the `now` that was handed down."""
    site = publish(tiny_site(), LANGUAGES, tmp_path / "site", datetime(1999, 12, 31, tzinfo=UTC)).folder
    assert b"1999-12-31" in gzip.decompress((site / "sitemap.xml.gz").read_bytes())


def test_a_new_build_replaces_the_site_whole(tmp_path: Path) -> None:
    """What the new site no longer has is gone, and `site` is still a real folder."""
    target = tmp_path / "site"
    publish(tiny_site(more={"de/incidents/two.md": "# Two\n"}), LANGUAGES, target, NOW)
    assert (target / "incidents/two/index.html").is_file()
    publish(tiny_site("well"), LANGUAGES, target, NOW)
    assert not (target / "incidents/two").exists()
    assert "All is well" in (target / "index.html").read_text()
    assert target.is_dir()
    assert not target.is_symlink()


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    """Some hosts point a link at the folder they serve: what it points to is replaced."""
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    publish(tiny_site(), LANGUAGES, tmp_path / "site", NOW)
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www/index.html").is_file()


def test_what_no_page_uses_is_left_out(published: Published, tmp_path: Path) -> None:
    """A theme without scripts loses Material's; source maps go; what pages do mention stays."""
    bare: Site = {
        "mkdocs.yml": str(tiny_site()["mkdocs.yml"]).replace("font: false", "font: false\n  custom_dir: theme"),
        "theme/main.html": "<!doctype html><title>x</title>{{ page.content }}</html>\n",
        "theme/404.html": "<!doctype html><title>404</title></html>\n",
        "de/assets/javascripts-of-ours.js": "1",
    }
    site = publish(tiny_site(more=bare), LANGUAGES, tmp_path / "site", NOW).folder
    assert not (site / "assets/javascripts").exists()
    assert not list(site.rglob("*.css"))
    assert (site / "assets/javascripts-of-ours.js").is_file()
    assert not list(published.folder.rglob("*.map"))
    assert list(published.folder.glob("assets/javascripts/*.js"))
    assert list(published.folder.glob("assets/stylesheets/main*.css"))


def test_progress_is_told_in_steps(tmp_path: Path) -> None:
    """The command shows these words when a build takes long."""
    steps: list[str] = []
    publish(tiny_site(), LANGUAGES, tmp_path / "site", NOW, steps.append)
    assert steps == [
        "writing 11 files",
        "MkDocs builds de, en",
        "checking the pages",
        "putting the site in its place",
    ]


def test_what_mkdocs_warns_of_stops_the_build_and_names_the_page(tmp_path: Path) -> None:
    """A link to nowhere, in both languages: both are told, nothing is published."""
    site = tiny_site(more={f"{language}/index.md": "# x\n\n[gone](gone.md)\n" for language in LANGUAGES})
    said = refusal(site, tmp_path / "site")
    assert said.startswith("MkDocs could not build the site:\n  de: WARNING")
    assert "  en: WARNING" in said
    assert "'index.md'" in said
    assert "'gone.md'" in said
    assert "Nothing was published." in said
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("settings", "more", "said"),
    [
        (
            "exclude_docs: one.md\n",
            {"de/index.md": "# x\n", "en/index.md": "# x\n"},
            "incidents/one.md has no page",
        ),
        ("", {"de/.well-known/x.txt": "1"}, ".well-known/x.txt is missing"),
        ("", {"de/history.rss": "<rss><channel></rss>"}, "history.rss is not well-formed"),
        ("", {"de/feed.json": "{"}, "feed.json is not well-formed"),
        ("hooks: [cut.py]\n", {"cut.py": "def on_post_page(html, **_): return html[:99]\n"}, "breaks off"),
        (
            "hooks: [cut.py]\n",
            {"cut.py": "def on_post_build(config): open(config.site_dir + '/history.rss', 'a').write(' ')\n"},
            "history.rss was changed",
        ),
        ("extra_css: 3\n", {}, "'extra_css'"),
        ("hooks: [bad.py]\n", {"bad.py": "def on_pre_build(config): raise ValueError('my own')\n"}, "my own"),
        ("", {"de/en/index.md": "# In the way\n"}, "where the language en needs its folder"),
    ],
)
def test_a_site_that_is_not_whole_is_not_published(tmp_path: Path, settings: str, more: Site, said: str) -> None:
    """Whatever MkDocs, a plugin or a setting leaves out or breaks is told, and the last good site stays."""
    target = tmp_path / "site"
    publish(tiny_site(), LANGUAGES, target, NOW)
    before = fingerprint(target)
    told = refusal(tiny_site("new", settings, more), target)
    assert said in told
    assert f"The last good site in {target} is untouched." in told
    assert fingerprint(target) == before
    assert MARKER in before
