"""Addresses of sheets."""

from __future__ import annotations

from django.urls import path

from bilat_office.pages.sheets import views

urlpatterns = [
    path("sheets/<str:section>", views.sheet, name="sheet"),
    path("sheets/<str:section>/workbook", views.sheet_file, name="sheet_file"),
    path("sheets/<str:section>/<str:word>", views.sheet_plan, name="sheet_plan"),
]
