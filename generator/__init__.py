"""Incident pages: YAML incident records in, a published status site and its post-mortems out."""
