"""What each table and view is, and the licence, from the metadata, for the templates."""

from __future__ import annotations

from datasette import hookimpl


class Told(dict):
    """Table name → its description; ``counted`` names the tables that are made for the published copy only."""

    counted = frozenset(
        "current_articles quotes_in_context quotes_by_person quote_topics positions_by_policy actor_policy "
        "people_by_role people_quoted services_talked_about policies_debated coverage_by_source named_in "
        "attention_by_month positions_by_month quotes_by_month coverage_by_month copies_by_source people_by_outlet "
        "people_quoted_together policies_and_services actors_compared site_counts".split()
    )


@hookimpl
def prepare_jinja2_environment(env, datasette):
    def tables_told(database: str) -> Told:
        tables = datasette.metadata(database=database).get("tables") or {}
        return Told({name: one.get("description", "") for name, one in tables.items()})

    env.globals["datasette_tables_told"] = tables_told
    env.globals["licence_told"] = datasette.metadata("license")
