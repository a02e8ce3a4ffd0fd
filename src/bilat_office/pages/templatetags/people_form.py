"""Fields of forms that are not ours (signing in, second factor), in the look of all pages."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def as_govuk(field: BoundField) -> SafeString:
    """The field's own widget with the classes of its kind."""
    name = "govuk-input"
    if is_checkbox(field):
        name = "govuk-checkboxes__input"
    elif isinstance(field.field.widget, Select):
        name = "govuk-select"
    wrong = f" {name}--error" if field.errors and not is_checkbox(field) else ""
    described = f"{field.id_for_label}_error" if field.errors else None
    attributes: dict[str, str | bool] = {"class": name + wrong}
    if name == "govuk-input":
        attributes["placeholder"] = ""
    if described:
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)
