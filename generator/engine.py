"""What every `mkdocs.yml` of ours says to MkDocs itself, whatever the site is about."""

ENGINE = """
theme:
  name: material
  font: false

# No plugin is needed; a search would bring a script and an index that grows with every record.
plugins: []
markdown_extensions: []

# Pages that are reached from the lists, not from the menu. In the menu they would make every build slow.
not_in_nav: |
  /incidents/
  /history/
  /components/
  /404.md

# What a strict build stops at: links that lead nowhere.
validation:
  nav:
    omitted_files: info
    not_found: warn
    absolute_links: warn
  links:
    not_found: warn
    anchors: warn
    absolute_links: warn
    unrecognized_links: warn

"""
"""YAML, with a blank line before it and one after it."""
