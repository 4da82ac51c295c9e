"""The utility endpoints: cutouts with real alpha, larger pictures, and the skeleton picture of a pose."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageFilter

from studio.sandbox.answers import Violation, listed
from studio.sandbox.cutouts import without_background
from studio.sandbox.files import Product
from studio.sandbox.pictures import Opened, encoded
from studio.sandbox.pose_reading import pose_picture
from studio.sandbox.stamp import stamped
from studio.sandbox.work import Task

MOST_SIDE = 8192
"""Pixels of the longer side of an enlarged picture."""

_CUTOUTS = ("rembg", "birefnet", "bria/background", "feynobg")
_UPSCALERS = ("upscaler", "esrgan")


def transform(task: Task, inputs: Sequence[Opened]) -> Product:
    """The one picture a utility makes of its input. Raises `feature_not_supported` for a utility of another kind."""
    picture = inputs[0].picture
    wanted = task.arguments.get("output_format")
    format_ = wanted if isinstance(wanted, str) else "png"
    endpoint = task.model.id
    if any(name in endpoint for name in _CUTOUTS):
        # A stamp would lie on the transparent ground; the file's metadata says what it is.
        return encoded(without_background(picture), format_, 0)
    if any(name in endpoint for name in _UPSCALERS):
        return encoded(stamped(_enlarged(task, picture)), format_, 0)
    if "dwpose" in endpoint:
        return encoded(stamped(pose_picture(picture)), format_, 0)
    words = f"The sandbox does not do what {endpoint} does"
    raise listed(422, Violation(("body",), "feature_not_supported", words))


def _enlarged(task: Task, picture: Image.Image) -> Image.Image:
    names = ("upscale_factor", "scale")
    value = next((task.arguments[name] for name in names if name in task.arguments), 2)
    factor = float(value) if isinstance(value, int | float) else 2.0
    size = (round(picture.width * factor), round(picture.height * factor))
    if max(size) > MOST_SIDE:
        words = f"The enlarged picture would be larger than {MOST_SIDE} pixels"
        limits = {"max_width": MOST_SIDE, "max_height": MOST_SIDE}
        raise listed(422, Violation(("body", "image_url"), "image_too_large", words, {**limits}))
    larger = picture.resize(size, Image.Resampling.LANCZOS)
    return larger.filter(ImageFilter.UnsharpMask(2, 60, 2))
