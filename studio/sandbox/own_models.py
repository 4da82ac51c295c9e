"""Endpoints that only the sandbox has: what an artist's own app looks like to the studio, for trying it out."""

from __future__ import annotations

from studio.config.catalogue import Catalogue
from studio.config.toml_file import Source, parse
from studio.config.toml_table import Table

_FIGURE = """
[[model]]
id = "sandbox/any-figure"
title = "Any Figure"
kind = "text-to-image"
family = "sandbox"
vendor = "the sandbox"
best_for = "A figure in any mood, from words."
speed_s = 3
lora = { field = "loras" }

[model.price]
unit = "image"
amount = 0.0125
confidence = "confirmed"
source = "the sandbox"

[[model.param]]
name = "prompt"
type = "string"
required = true
role = "prompt"
about = "What to draw."

[[model.param]]
name = "mood"
type = "enum"
default = "calm"
enum = ["calm", "fierce", "merry"]
about = "The mood of the figure."

[[model.param]]
name = "image_size"
type = "image_size"
role = "size"
default = "portrait_4_3"
enum = ["square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"]
custom = true

[[model.param]]
name = "num_inference_steps"
type = "integer"
role = "steps"
default = 12
min = 2
max = 24

[[model.param]]
name = "guidance_scale"
type = "number"
role = "guidance"
default = 4.5
min = 1
max = 9

[[model.param]]
name = "seed"
type = "integer"
role = "seed"

[[model.param]]
name = "num_images"
type = "integer"
role = "count"
default = 1
min = 1
max = 2

[[model.param]]
name = "upscale"
type = "integer"
default = 1
enum = ["1", "2"]
about = "How many times larger than asked for."

[[model.param]]
name = "loras"
type = "array"
role = "lora"
items = "object"
fields = { path = { type = "string", required = true }, scale = { type = "number", default = 1, min = 0, max = 4 } }

[[model.param]]
name = "output_format"
type = "enum"
role = "format"
default = "jpeg"
enum = ["jpeg", "png"]
"""

_EDIT = """
[[model]]
id = "sandbox/any-figure/edit"
title = "Any Figure edit"
kind = "edit"
family = "sandbox"
vendor = "the sandbox"
best_for = "A figure from up to three pictures."
consistency = "multi-reference"
reference = { field = "image_urls", max = 3 }

[model.price]
unit = "megapixel"
amount = 0.02
counts = "input+output"
confidence = "confirmed"
source = "the sandbox"

[[model.param]]
name = "prompt"
type = "string"
required = true
role = "prompt"

[[model.param]]
name = "image_urls"
type = "array"
required = true
role = "images"
items = "string"
max_items = 3

[[model.param]]
name = "aspect_ratio"
type = "enum"
role = "size"
default = "3:4"
enum = ["1:1", "3:4", "4:3", "9:16", "16:9"]

[[model.param]]
name = "seed"
type = "integer"
role = "seed"
"""


def with_own_models(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the sandbox's own endpoints in it, whatever the user's files say of them."""
    for text in (_FIGURE, _EDIT):
        source = Source("the sandbox's own models", text)
        entry = Table(source, parse(source)).tables("model")[0]
        catalogue.add(entry.text("id"), entry)
    return catalogue
