"""Pictures that leave the site: what a shared link shows, icons, badges."""

from generator.pictures.badges import render_badges
from generator.pictures.cards import render_card, render_report_card
from generator.pictures.icons import render_icons

__all__ = ["render_badges", "render_card", "render_icons", "render_report_card"]
