"""Choosing how the model is told the pose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.recipe import Guide
from studio.domain.text import plain
from studio.ui.host import Host
from studio.ui.screens.guide import GuideAnswer, GuideOffer, GuideScreen
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.pose_guide import draw_guide, guide_wish, guides, strength


class GuideActions:
    """The guide is part of the recipe, and remembered like the rest of it."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def open(self) -> None:
        """Show the ways the chosen model can be told a pose, with the picture each would be sent."""
        session, model, pose = self._session, self._session.model, self._session.pose
        if model is None or pose is None:
            self._host.say("Choose a model and a pose first.")
            return
        takes = guides(model)
        if takes == (Guide.WORDS,):
            able = [one.title for one in session.studio.catalogue.models if len(guides(one)) > 1 and not one.deprecated]
            self._host.say(
                f"{model.title} is told a pose by words alone. Others take a picture: {', '.join(able[:4])}."
            )
            return
        recipe, character = session.recipe, session.project.character

        def draw(guide: Guide) -> Path:
            wish = guide_wish(character, pose, model, replace(recipe, guide=guide))
            return draw_guide(wish, session.project.folder)

        offer = GuideOffer(plain(model.title), takes, strength(model), recipe.guide, recipe.guide_strength)
        screen = GuideScreen(offer, self._view.darkroom, draw, utf8=self._view.utf8)
        self._host.ask(screen, self._chosen)

    def _chosen(self, answer: GuideAnswer) -> None:
        recipe = replace(self._session.recipe, guide=answer.guide, guide_strength=answer.strength)
        self._session.edit_recipe(recipe)
        self._view.recipe_changed()
