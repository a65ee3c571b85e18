"""Where mail entered the network."""

from dashboards.query import Query

_CHOSEN = "month BETWEEN $first::DATE AND $last::DATE"

COUNTRIES = Query(
    ("mart_origins_monthly",),
    f"""
    SELECT coalesce(country_code, 'not known') AS country, sum(message_count)::BIGINT AS message_count
    FROM mart_origins_monthly WHERE {_CHOSEN} GROUP BY ALL ORDER BY message_count DESC, country LIMIT 15
    """,
)
SYSTEMS = Query(
    ("mart_origins_monthly",),
    f"""
    SELECT 'AS' || asn || coalesce(' ' || any_value(as_name), '') AS matched_on, asn,
        any_value(as_name) AS as_name, any_value(country_code) AS country_code,
        sum(message_count)::BIGINT AS message_count
    FROM mart_origins_monthly WHERE {_CHOSEN} AND asn IS NOT NULL GROUP BY asn
    ORDER BY message_count DESC, asn LIMIT 15
    """,
)
CONFIDENCE = Query(
    ("mart_origins_monthly", "mart_months"),
    """
    SELECT strftime(month, '%Y-%m') AS month, origin_confidence, sum(o.message_count)::BIGINT AS message_count,
        any_value(m.month_state) = 'closed' AS is_final
    FROM mart_origins_monthly o JOIN mart_months m USING (month)
    WHERE month BETWEEN $first::DATE AND $last::DATE GROUP BY ALL ORDER BY 1, 2
    """,
)
KNOWN = Query(
    ("mart_origins_monthly",),
    f"""
    SELECT coalesce(sum(message_count), 0)::BIGINT AS messages,
        coalesce(sum(message_count) FILTER (country_code IS NOT NULL), 0)::BIGINT AS placed,
        coalesce(sum(message_count) FILTER (origin_confidence = 'high'), 0)::BIGINT AS sure,
        count(DISTINCT country_code) AS countries, count(DISTINCT asn) AS systems
    FROM mart_origins_monthly WHERE {_CHOSEN}
    """,
)
MONTHS = Query(
    ("mart_origins_monthly",),
    f"""
    SELECT strftime(month, '%Y-%m') AS month, country_code, asn, as_name, origin_confidence, message_count,
        address_count, campaign_count, ring_count, 100 * message_share AS percent
    FROM mart_origins_monthly WHERE {_CHOSEN} ORDER BY message_count DESC, 1, 2, 3, 5 LIMIT 200
    """,
)
