"""The seed of free-mail hosts: `python -m transforms.render.free_mail > dbt_project/seeds/free_mail_domains.csv`."""

from __future__ import annotations

from transforms.rings.lists import FREE_MAIL


def render() -> str:
    """A CSV with a row a registrable domain, sorted."""
    return "\n".join(["registrable_domain", *sorted(FREE_MAIL), ""])


if __name__ == "__main__":
    print(render(), end="")
