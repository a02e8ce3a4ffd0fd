"""Regions and companies: links, forums, requests and offers that fit."""
