"""Pictures in pixels, for those who cannot take a drawing: what a shared link shows, and icons."""

from generator.pictures.cards import render_card, render_report_card
from generator.pictures.icons import render_icons

__all__ = ["render_card", "render_icons", "render_report_card"]
