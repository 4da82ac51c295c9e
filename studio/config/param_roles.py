"""What an argument probably means, by its name: the names fal's endpoints share."""

from __future__ import annotations

_ROLES: dict[str, tuple[str, ...]] = {
    "prompt": ("prompt", "text_prompt"),
    "negative-prompt": ("negative_prompt",),
    "size": ("image_size", "aspect_ratio", "resolution", "resolution_mode", "video_size"),
    "seed": ("seed",),
    "steps": ("num_inference_steps", "steps", "num_steps", "inference_steps"),
    "guidance": ("guidance_scale", "guidance", "cfg_scale", "cfg"),
    "count": ("num_images", "number_of_images", "num_outputs"),
    "format": ("output_format", "image_format"),
    "images": ("image_urls", "reference_image_urls", "input_image_urls", "middle_image_urls"),
    "mask": ("mask_url", "mask_image_url"),
    "strength": ("strength",),
    "lora": ("loras",),
    "safety": ("enable_safety_checker", "enable_safety_checks", "safety_tolerance"),
    "transport": ("sync_mode",),
    "speed": ("acceleration",),
    "quality": ("quality", "rendering_speed"),
    "duration": ("duration", "duration_seconds"),
    "audio": ("generate_audio",),
    "archive": ("images_data_url", "image_data_url"),
    "trigger": ("trigger_word", "trigger_phrase"),
    "elements": ("elements",),
    "image": (
        *("image_url", "input_image_url", "reference_image_url", "start_image_url", "end_image_url"),
        *("first_frame_url", "last_frame_url", "tail_image_url", "first_image_url", "last_image_url"),
    ),
}
_BY_NAME = {name: role for role, names in _ROLES.items() for name in names}
_LISTS = frozenset({"images", "lora", "elements"})


def guessed_role(name: str, kind: str) -> str:
    """The role of an argument by its name and type; empty when the name says nothing, or the type does not fit it."""
    role = _BY_NAME.get(name, "")
    if role in _LISTS:
        return role if kind == "array" else ""
    if kind in {"array", "object"}:
        return ""
    if role in {"seed", "steps", "count"}:
        return role if kind == "integer" else ""
    if role in {"guidance", "strength"}:
        return role if kind in {"number", "integer"} else ""
    if role in {"prompt", "image", "mask", "archive", "trigger", "negative-prompt"}:
        return role if kind == "string" else ""
    return role
