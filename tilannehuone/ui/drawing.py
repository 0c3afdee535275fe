"""Puts HTML and drawings on a page.

A drawing is inline SVG, which follows the reader's light or dark and can be spoken. `st.html`
strips SVG, and a picture in an <img> knows nothing of the page's colours; so drawings come through
a component of a few lines, whose styles are not isolated from `look/room.css`.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_SCRIPT = """
export default function ({ data, parentElement }) {
  let place = parentElement.querySelector(":scope > .th-place");
  if (!place) {
    place = document.createElement("div");
    place.className = "th-place";
    parentElement.appendChild(place);
  }
  if (place.drawn !== data.markup) {
    place.innerHTML = place.drawn = data.markup;
  }
}
"""


def put(markup: str, place: DeltaGenerator | None = None) -> None:
    """Put HTML on the page, or into a place on it; where there is nothing to say, nothing."""
    if markup:
        (place or st).html(markup)


def draw(markup: str, key: str) -> None:
    """Draw SVG, or HTML with SVG in it, as it stands: every word in it must be escaped already.

    `key` names the place, so that a new drawing takes the old one's without a flash.
    """
    if not markup:
        return
    mount = st.components.v2.component("drawing", js=_SCRIPT, isolate_styles=False)
    mount(data={"markup": markup}, key=f"drawing.{key}")
