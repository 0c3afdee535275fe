"""A release plan over the made release, in SQL: what is not offered is hidden whole.

* Kaakkuri: notifications are offered by quarter and coarser, not by month
* Kaakkuri: Let's Talk discussions are offered by quarter until last year, by half-year still
* Kaakkuri: psychiatry clients are offered at no grain; emergency placements nowhere
* Kaakkuri: of family work's ages 0–12 are not offered by quarter
* Tuira: notifications are offered by month for the last three years
"""

from datetime import date

YEAR = date.today().year

RULES = {
    "kaakkuri notifications": "indicator_id = 'cp_notifications_rate' and area_code = 'kaakkuri'"
    " and period_type = 'month'",
    "kaakkuri discussions": "indicator_id = 'lp_discussions_rate' and area_code = 'kaakkuri'"
    f" and period_type = 'quarter' and year >= {YEAR - 1}",
    "kaakkuri clients": "indicator_id = 'psychiatry_clients_share' and area_code = 'kaakkuri'",
    "all placements": "indicator_id = 'cp_emergency_placements_rate'",
    "kaakkuri ages": "indicator_id = 'shl_family_work_rate' and area_code = 'kaakkuri'"
    " and category = '0-12' and period_type = 'quarter'",
    "tuira notifications": "indicator_id = 'cp_notifications_rate' and area_code = 'tuira'"
    f" and period_type = 'month' and year < {YEAR - 3}",
}

PLAN = f"""
    create table if not exists plan (indicator_id varchar, area_code varchar,
        period_type varchar, breakdown varchar, category varchar, year integer,
        offered boolean, instead varchar);
    insert into plan select distinct indicator_id, area_code, period_type, breakdown, category,
        year(period_start), true, null from cells;
    update plan set offered = false where {" or ".join(f"({one})" for one in RULES.values())};
    update cells set status = 'c', numerator = null, denominator = null, value = null
    from plan
    where not offered and plan.year = year(cells.period_start)
        and plan.indicator_id = cells.indicator_id and plan.area_code = cells.area_code
        and plan.period_type = cells.period_type and plan.breakdown = cells.breakdown
        and plan.category = cells.category;
"""  # noqa: S608
