"""A catalogue entry with what fal's schema says laid over it: arguments are fal's, what they mean is ours."""

from __future__ import annotations

from studio.config.schema_cache import Entry
from studio.config.toml_table import Table
from studio.domain.price_age import is_newer


def with_live_schema(below: Table, live: Entry) -> Table:
    """The entry with the arguments fal has now, in fal's order, and whether fal has given the endpoint up; the entry
    itself when it is newer. Roles of arguments that were known stay; tiers by arguments that are gone go with them.
    """
    date = live.get("schema")
    if not isinstance(date, str) or not is_newer(date, _date(below)):
        return below
    roles = {str(entry.get("name")): entry.get("role", "") for entry in _tables(below.values.get("param"))}
    params = [_with_role(entry, roles) for entry in _tables(live.get("param"))]
    values: dict[str, object] = {**below.values, "param": params, "schema": date}
    if live.get("deprecated") is True:
        values["deprecated"] = True
    if "speed_s" in live:
        values.setdefault("speed_s", live["speed_s"])
    if isinstance(price := values.get("price"), dict):
        values["price"] = _without(price, {str(entry.get("name")) for entry in params})
    return Table(below.source, values, below.where)


def _date(table: Table) -> str:
    date = table.values.get("schema")
    return date if isinstance(date, str) and date[:2] == "20" else ""


def _with_role(entry: dict[str, object], roles: dict[str, object]) -> dict[str, object]:
    return {**entry, "role": roles[str(entry["name"])]} if entry.get("name") in roles else entry


def _without(price: dict[str, object], names: set[str]) -> dict[str, object]:
    kept = dict(price)
    for key in ("tiers", "extras"):
        rows = _tables(price.get(key))
        if rows:
            kept[key] = [row for row in rows if _about(row) <= names]
    if kept.get("scaled_by") not in names:
        kept.pop("scaled_by", None)
    return kept


def _about(row: dict[str, object]) -> set[str]:
    """The arguments a tier or an extra speaks of."""
    when, given = row.get("when"), row.get("given")
    return {*(when if isinstance(when, dict) else ()), *([given] if isinstance(given, str) and given else [])}


def _tables(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
