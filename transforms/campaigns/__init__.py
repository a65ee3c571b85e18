"""Campaigns: messages that share a text, a link, a file or a contact, found night by night. Pure functions."""
